package dev.dailies.asset.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.asset.AssetServiceFixture;
import dev.dailies.asset.Clips;
import dev.dailies.asset.Told;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.ReferenceReady;
import dev.dailies.contracts.event.ReferenceRemoved;
import dev.dailies.vault.ObjectKey;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads, as clients and the other services see them. */
class ReferenceTest extends AssetServiceFixture {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Actor OF_OWNER = new Actor(ActorKind.KEY, "key-" + OWNER);
  private static final int PIECE = 8 << 20;
  private static final int SURPLUS = 1 << 20;

  private static <T extends SpecificRecord> T told(String id, Class<T> type) {
    return type.cast(
        decode(
            TOPICS.await(
                "asset.events.v1", r -> id.equals(r.key()) && type.isInstance(decode(r)))));
  }

  private HttpResponse<String> upload(byte[] body, String type) throws Exception {
    return http.send(
        request("/api/references", OWNER)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode checked(byte[] body, String type) throws Exception {
    HttpResponse<String> answer = upload(body, type);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = JSON.readTree(answer.body()).at("/id").asString();
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> JSON.readTree(get("/api/references/" + id, OWNER).body()),
            reference -> !reference.at("/state").asString().equals("checking"));
  }

  private static byte[] picture(String format) throws Exception {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  @Test
  void whatIsGoodBecomesReadyAndCanBeDeleted() throws Exception {
    JsonNode image = checked(picture("png"), "text/plain; name=\"../../etc/passwd\"");
    JsonNode clip = checked(Clips.moving(1), "image/png");

    assertThat(image.at("/state").asString()).as(image.toString()).isEqualTo("ready");
    assertThat(image.at("/content_type").asString()).isEqualTo("image/png");
    assertThat(clip.at("/state").asString()).as(clip.toString()).isEqualTo("ready");
    assertThat(clip.at("/content_type").asString()).isEqualTo("video/mp4");
    String id = image.at("/id").asString();
    assertThat(told(id, ReferenceReady.class).getEnvelope().getActor()).isEqualTo(OF_OWNER);
    assertThat(get("/api/references/" + id, STRANGER).statusCode()).isEqualTo(404);
    JsonNode page = JSON.readTree(get("/api/references?limit=1", OWNER).body());
    assertThat(page.at("/has_more").asBoolean()).isTrue();
    assertThat(page.at("/data/0/id").asString()).isEqualTo(clip.at("/id").asString());

    HttpRequest delete = request("/api/references/" + id, OWNER).DELETE().build();
    assertThat(bytes(delete).statusCode()).isEqualTo(204);
    assertThat(bytes(delete).statusCode()).isEqualTo(404);
    assertThat(told(id, ReferenceRemoved.class).getEnvelope().getActor()).isEqualTo(OF_OWNER);
    ObjectKey key = ObjectKey.of(new WorkspaceId(Told.WORKSPACE), "references", id);
    await().atMost(Duration.ofSeconds(10)).until(() -> vault.find(key).isEmpty());
    assertThat(ReferenceId.PREFIX).isEqualTo("ref_");
  }

  @Test
  void whatIsNotMediaIsRefusedAndNothingIsKept() throws Exception {
    byte[] bomb = picture("png");
    ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    long before = rows();

    for (byte[] body :
        new byte[][] {{}, "#!/bin/sh".getBytes(StandardCharsets.UTF_8), bomb, {(byte) 0x89}}) {
      HttpResponse<String> answer = upload(body, "image/png");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("invalid_reference");
    }
    assertThat(upload(picture("png"), "multipart/mixed; boundary=x").statusCode()).isEqualTo(415);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void whatDoesNotDecodeIsRejected() throws Exception {
    for (String format : new String[] {"png", "jpg"}) {
      byte[] whole = picture(format);
      JsonNode cut = checked(Arrays.copyOf(whole, whole.length / 2), "image/" + format);
      assertThat(cut.at("/state").asString()).as(format + cut).isEqualTo("rejected");
    }
  }

  @Test
  void anUploadGoesOnWhereItWasCut() throws Exception {
    byte[] clip = Clips.moving(1);
    int half = clip.length / 2;
    HttpRequest create =
        request("/api/references/uploads", OWNER)
            .header("Upload-Length", Integer.toString(clip.length))
            .header("Tus-Resumable", "1.0.0")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    String path = bytes(create).headers().firstValue("Location").orElseThrow();

    assertThat(append(path, 0, Arrays.copyOf(clip, half)).statusCode()).isEqualTo(204);
    assertThat(append(path, 0, Arrays.copyOf(clip, half)).statusCode()).isEqualTo(409);
    HttpResponse<byte[]> head =
        bytes(request(path, OWNER).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
    assertThat(head.headers().firstValue("Upload-Offset")).contains(Integer.toString(half));
    HttpResponse<byte[]> last = append(path, half, Arrays.copyOfRange(clip, half, clip.length));
    assertThat(last.statusCode()).isEqualTo(204);
    String id = last.headers().firstValue("Dailies-Reference").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/api/references/" + id, OWNER).body().contains("\"ready\""));
    assertThat(get("/api/references/" + id, OWNER).body()).contains(Told.sha256(clip));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            jdbc.sql("select count(*) from reference_upload_piece where upload = ?")
                    .param(path.substring(path.lastIndexOf('/') + 1))
                    .query(Long.class)
                    .single()
                == 0);
    // To a client that missed the answer it is told again.
    HttpResponse<byte[]> again =
        bytes(request(path, OWNER).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
    assertThat(again.headers().firstValue("Dailies-Reference")).contains(id);
    assertThat(again.headers().firstValue("Upload-Offset")).contains(Integer.toString(clip.length));
  }

  @Test
  void anUploadThatIsNotAsTusHasItIsRefused() throws Exception {
    assertThat(create("Upload-Length", "10", "Tus-Resumable", "0.2.2"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(412))
        .satisfies(
            answer -> assertThat(answer.headers().firstValue("Tus-Version")).contains("1.0.0"));
    String[][] odd = {
      {"Upload-Length", "+10"},
      {"Upload-Length", "10", "Upload-Length", "11"},
      {"Upload-Length", "99999999999999999999"},
      {"Upload-Defer-Length", "1"},
      {"Upload-Length", "10", "Upload-Checksum", "sha1 AAAA"},
      {"Upload-Length", "10", "Upload-Metadata", "filename ###"},
      {"Upload-Length", "10", "Upload-Metadata", "a YQ==,a YQ=="},
    };
    for (String[] headers : odd) {
      HttpResponse<String> answer = create(headers);
      assertThat(answer.statusCode()).as(String.join(" ", headers)).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":\"invalid_request\"");
    }
    HttpResponse<String> good =
        create("Upload-Length", "10", "Upload-Metadata", "filename YS5wbmc=,is_confidential");
    String path = good.headers().firstValue("Location").orElseThrow();
    assertThat(append(path, 5, new byte[5]).statusCode()).isEqualTo(409);
    assertThat(append(path, 0, new byte[11]).statusCode()).isEqualTo(413);
  }

  private HttpResponse<String> create(String... headers) throws Exception {
    return http.send(
        request("/api/references/uploads", OWNER)
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatAnUploadThatDiedLeftInTheStoreIsSwept() throws Exception {
    String path = create("Upload-Length", "10").headers().firstValue("Location").orElseThrow();
    assertThat(append(path, 0, new byte[5]).statusCode()).isEqualTo(204);
    String id = path.substring(path.lastIndexOf('/') + 1);
    ObjectKey unnoted =
        ObjectKey.of(new WorkspaceId(Told.WORKSPACE), "reference-uploads", id, "unnoted");
    vault.put(unnoted, new ByteArrayInputStream(new byte[5]), "application/octet-stream");

    assertThat(bytes(request(path, OWNER).DELETE().build()).statusCode()).isEqualTo(204);

    await().atMost(Duration.ofSeconds(10)).until(() -> vault.find(unnoted).isEmpty());
    assertThat(bytes(request(path, OWNER).DELETE().build()).statusCode()).isEqualTo(404);
  }

  @Test
  void aFormWithAFileIsTaken() throws Exception {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8));
    byte[] picture = picture("png");
    form.writeBytes(picture);
    form.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));

    JsonNode taken = checked(form.toByteArray(), "multipart/form-data; boundary=b");

    assertThat(taken.at("/state").asString()).as(taken.toString()).isEqualTo("ready");
    assertThat(taken.at("/sha256").asString()).isEqualTo(Told.sha256(picture));
  }

  @Test
  void anUploadEndsWithItsKeyAndKeepsWhatHadCome() throws Exception {
    String key = "uploads for a while";
    TOLD.key(key, Told.WORKSPACE, 1, false, "producer");
    await().until(() -> get("/api/references", key).statusCode() == 200);
    HttpRequest create =
        request("/api/references/uploads", key)
            .header("Upload-Length", Integer.toString(2 * PIECE))
            .header("Tus-Resumable", "1.0.0")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    String path = bytes(create).headers().firstValue("Location").orElseThrow();
    try (PipedOutputStream client = new PipedOutputStream()) {
      PipedInputStream body = new PipedInputStream(client, 1 << 20);
      CompletableFuture<HttpResponse<String>> answer =
          http.sendAsync(
              request(path, key)
                  .header("Content-Type", "application/offset+octet-stream")
                  .header("Upload-Offset", "0")
                  .header("Tus-Resumable", "1.0.0")
                  .method("PATCH", HttpRequest.BodyPublishers.ofInputStream(() -> body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      // The client holds back the last it has read.
      client.write(new byte[PIECE + SURPLUS]);
      await().atMost(Duration.ofSeconds(20)).until(() -> offset(path).equals("" + PIECE));
      TOLD.key(key, Told.WORKSPACE, 2, true, "producer");
      await().until(() -> get("/api/references", key).statusCode() == 401);
      client.write(new byte[PIECE - SURPLUS]);
      client.close();
      assertThat(answer.get(20, TimeUnit.SECONDS).body()).contains("invalid_api_key");
    }
    assertThat(offset(path)).isEqualTo("" + PIECE);
    HttpRequest end = request(path, OWNER).header("Tus-Resumable", "1.0.0").DELETE().build();
    assertThat(bytes(end).statusCode()).isEqualTo(204);
  }

  private String offset(String path) throws Exception {
    return bytes(
            request(path, OWNER)
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build())
        .headers()
        .firstValue("Upload-Offset")
        .orElseThrow();
  }

  private HttpResponse<byte[]> append(String path, int offset, byte[] piece) throws Exception {
    return bytes(
        request(path, OWNER)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Integer.toString(offset))
            .header("Tus-Resumable", "1.0.0")
            .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(piece))
            .build());
  }

  private long rows() {
    return jdbc.sql("select count(*) from reference").query(Long.class).single();
  }
}
