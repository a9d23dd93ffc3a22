package dev.dailies.asset.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.asset.AssetServiceFixture;
import dev.dailies.asset.Clips;
import dev.dailies.asset.Told;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.ObjectKey;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pieces that are many, and pieces and rows that go while somebody is at them. */
class UploadPiecesTest extends AssetServiceFixture {
  private static final WorkspaceId WORKSPACE = new WorkspaceId(Told.WORKSPACE);
  private static final Actor ACTOR = new Actor(ActorKind.KEY, "key-" + OWNER);
  private static final IncomingMedia.Limits LIMITS = new IncomingMedia.Limits(1 << 20, 1 << 20);

  @Autowired private Uploads uploads;
  @Autowired private References references;
  @Autowired private Deposits deposits;

  private Uploads.Upload whole(byte[] content) {
    Uploads.Upload upload = uploads.create(WORKSPACE, content.length, Duration.ofHours(1));
    ObjectKey key = ObjectKey.of(WORKSPACE, "reference-uploads", upload.id(), "first");
    vault.put(key, new ByteArrayInputStream(content), "application/octet-stream");
    assertThat(uploads.append(upload, content.length, key.value())).isTrue();
    return uploads.find(WORKSPACE, upload.id()).orElseThrow();
  }

  private FinishUpload finish() {
    return new FinishUpload(uploads, references, vault, deposits, LIMITS);
  }

  @Test
  void small_pieces_are_only_so_many() throws Exception {
    Uploads.Upload upload = uploads.create(WORKSPACE, 20_000, Duration.ofHours(1));
    jdbc.sql(
            """
            insert into reference_upload_piece (upload, start, key)
            select ?, n, 'none' from generate_series(0, 9999) n
            """)
        .param(upload.id())
        .update();
    jdbc.sql("update reference_upload set stored = 10000 where id = ?").param(upload.id()).update();

    HttpResponse<String> answer =
        http.send(
            request("/api/references/uploads/" + upload.id(), OWNER)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "10000")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(new byte[1]))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("10000 pieces");
    uploads.end(upload.id());
  }

  @Test
  void who_finishes_second_is_told_that_it_is_finished() throws Exception {
    Uploads.Upload upload = whole(Clips.mute(1));
    finish().finish(upload, ACTOR);
    vault.deleteAll(ObjectKey.of(WORKSPACE, "reference-uploads", upload.id()));

    finish().finish(upload, ACTOR);
    uploads.swept(upload.id());
    finish().finish(upload, ACTOR);

    assertThat(uploads.find(WORKSPACE, upload.id()).orElseThrow().finished()).isTrue();
  }

  @Test
  void who_finishes_what_was_ended_is_told_that_it_is_gone() throws Exception {
    Uploads.Upload upload = whole(Clips.mute(1));
    uploads.end(upload.id());
    vault.deleteAll(ObjectKey.of(WORKSPACE, "reference-uploads", upload.id()));

    assertThatThrownBy(() -> finish().finish(upload, ACTOR))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void what_the_sweeper_has_taken_is_not_finished_any_more() {
    ReferenceId old = ReferenceId.mint();
    ReferenceId renewed = ReferenceId.mint();
    for (ReferenceId id : List.of(old, renewed)) {
      references.begin(WORKSPACE, id, "image/png", ACTOR);
      jdbc.sql("update reference set noted_at = noted_at - interval '59 minutes' where id = ?")
          .param(id.value())
          .update();
    }
    references.begin(WORKSPACE, renewed, "image/png", ACTOR);

    List<References.Upload> dead = references.abandoned(Duration.ofMinutes(50), 64);

    assertThat(dead)
        .contains(new References.Upload(WORKSPACE, old))
        .doesNotContain(new References.Upload(WORKSPACE, renewed));
    assertThat(references.stored(old, object(old))).isFalse();
    assertThat(references.stored(renewed, object(renewed))).isTrue();
  }

  private static StoredObject object(ReferenceId id) {
    return StoredObject.newBuilder()
        .setStore("s3")
        .setRegion("r")
        .setBucket("b")
        .setKey(ObjectKey.of(WORKSPACE, "references", id.value()).value())
        .setVersion(null)
        .setSize(1)
        .setSha256("00")
        .build();
  }
}
