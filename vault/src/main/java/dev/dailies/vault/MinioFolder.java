package dev.dailies.vault;

import static dev.dailies.vault.MinioFailures.await;

import dev.dailies.vault.MinioFailures.StoreRefusal;
import io.minio.AbortMultipartUploadArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.util.ArrayList;
import java.util.List;

/** All that lies under some first segments of a key. */
final class MinioFolder {
  private final MinioAsyncClient client;
  private final String bucket;
  private final String prefix;

  MinioFolder(MinioAsyncClient client, String bucket, ObjectKey folder) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = folder.value() + "/";
  }

  /** Uploads first: none of them may be completed behind the listing. */
  int clear() {
    new MinioPendingUploads(client, bucket).under(prefix).forEach(this::abort);
    List<String> keys = keys();
    keys.forEach(this::remove);
    return keys.size();
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    var listing =
        client.listObjects(
            ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build());
    for (Result<Item> result : listing) {
      Item item = item(result);
      if (!item.isDir()) {
        keys.add(item.objectName());
      }
    }
    return keys;
  }

  private static Item item(Result<Item> result) {
    try {
      return result.get();
    } catch (MinioException e) {
      throw MinioFailures.translate(e);
    }
  }

  private void remove(String key) {
    try {
      await(client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build()));
    } catch (StoreRefusal refusal) {
      if (!refusal.missing()) {
        throw refusal;
      }
    }
  }

  private void abort(MinioPendingUploads.Pending pending) {
    try {
      await(
          client.abortMultipartUpload(
              AbortMultipartUploadArgs.builder()
                  .bucket(bucket)
                  .object(pending.key())
                  .uploadId(pending.upload())
                  .build()));
    } catch (StoreRefusal refusal) {
      if (!refusal.uploadGone()) {
        throw refusal;
      }
    }
  }
}
