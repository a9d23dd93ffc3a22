package dev.dailies.vault;

import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Asks for pending multipart uploads, and reads the answer itself: the client's own reader (9.0.4)
 * refuses the empty storage class with which MinIO answers.
 */
final class MinioPendingUploads extends MinioAsyncClient {
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private final String bucket;

  MinioPendingUploads(MinioAsyncClient client, String bucket) {
    super(client);
    this.bucket = bucket;
  }

  /** An upload that has begun and not ended. */
  record Pending(String key, String upload) {}

  /** One answer of the store, and where the next one begins; empty: there is no more. */
  private record Page(List<Pending> uploads, Map<String, String> next) {}

  /** The ids of the uploads that have begun at the key and not ended. */
  List<String> of(ObjectKey key) {
    return page(Map.of("prefix", key.value())).uploads().stream()
        .filter(pending -> pending.key().equals(key.value()))
        .map(Pending::upload)
        .toList();
  }

  /**
   * All whose keys begin so. MinIO lists nothing for a part of a key, so all are looked through.
   */
  List<Pending> under(String prefix) {
    List<Pending> found = new ArrayList<>();
    Map<String, String> from = Map.of();
    do {
      Page page = page(from);
      page.uploads().stream().filter(p -> p.key().startsWith(prefix)).forEach(found::add);
      // A store that goes round in circles is not followed.
      from = page.next().equals(from) ? Map.of() : page.next();
    } while (!from.isEmpty());
    return found;
  }

  private Page page(Map<String, String> filter) {
    var args = ListMultipartUploadsArgs.builder().bucket(bucket).build();
    Map<String, String> query = new HashMap<>(filter);
    query.put("uploads", "");
    try (var answer =
            MinioFailures.await(executeGetAsync(args, null, new Http.QueryParameters(query)));
        Reader body = answer.body().charStream()) {
      return read(body);
    } catch (XMLStreamException | IOException e) {
      throw new VaultUnavailable("the list of pending uploads can't be read", e);
    }
  }

  private static Page read(Reader body) throws XMLStreamException {
    List<Pending> uploads = new ArrayList<>();
    Map<String, String> next = new HashMap<>();
    boolean more = false;
    String at = "";
    XMLStreamReader reader = XML.createXMLStreamReader(body);
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      switch (reader.getLocalName()) {
        case "Key" -> at = reader.getElementText();
        case "UploadId" -> uploads.add(new Pending(at, reader.getElementText()));
        case "IsTruncated" -> more = Boolean.parseBoolean(reader.getElementText());
        case "NextKeyMarker" -> next.put("key-marker", reader.getElementText());
        case "NextUploadIdMarker" -> next.put("upload-id-marker", reader.getElementText());
        default -> {}
      }
    }
    next.values().removeIf(String::isEmpty);
    return new Page(uploads, more ? next : Map.of());
  }
}
