package dev.dailies.vault;

import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Asks for the pending multipart uploads of one key, and reads the answer itself: the client's own
 * reader (9.0.4) refuses the empty storage class with which MinIO answers.
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

  /** The ids of the uploads that have begun at the key and not ended. */
  List<String> of(ObjectKey key) {
    var args = ListMultipartUploadsArgs.builder().bucket(bucket).build();
    var query = new Http.QueryParameters(Map.of("uploads", "", "prefix", key.value()));
    try (var answer = MinioFailures.await(executeGetAsync(args, null, query));
        Reader body = answer.body().charStream()) {
      return uploads(body, key.value());
    } catch (XMLStreamException | IOException e) {
      throw new VaultUnavailable("the list of pending uploads can't be read", e);
    }
  }

  private static List<String> uploads(Reader body, String key) throws XMLStreamException {
    List<String> uploads = new ArrayList<>();
    String at = "";
    XMLStreamReader reader = XML.createXMLStreamReader(body);
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      switch (reader.getLocalName()) {
        case "Key" -> at = reader.getElementText();
        case "UploadId" -> {
          String upload = reader.getElementText();
          if (at.equals(key)) {
            uploads.add(upload);
          }
        }
        default -> {}
      }
    }
    return uploads;
  }
}
