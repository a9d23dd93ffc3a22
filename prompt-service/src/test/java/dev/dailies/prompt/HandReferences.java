package dev.dailies.prompt;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.prompt.reference.KnownReference;
import dev.dailies.prompt.reference.ReferenceShelf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A shelf in memory: what begins as a PNG is a picture, and ready at once. */
public final class HandReferences implements ReferenceShelf {
  private final Map<ReferenceId, KnownReference> kept = new ConcurrentHashMap<>();

  @Configuration(proxyBeanMethods = false)
  static class Wiring {
    @Bean
    HandReferences referenceShelf() {
      return new HandReferences();
    }
  }

  public int size() {
    return kept.size();
  }

  @Override
  public KnownReference keep(
      WorkspaceId workspace, Actor actor, InputStream content, String contentType, String param) {
    byte[] bytes;
    try {
      bytes = content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean picture = bytes.length > 3 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
    if (picture == param.equals("video")) {
      throw new RefusalException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Not what is taken here.")
          .param(param);
    }
    ReferenceId id = ReferenceId.mint();
    String sha256 = HexFormat.of().formatHex(Sha256.begin().digest(bytes));
    KnownReference known =
        new KnownReference(
            id,
            KnownReference.State.READY,
            sha256,
            picture ? "image/png" : "video/mp4",
            Optional.of(
                StoredObject.newBuilder()
                    .setStore("s3")
                    .setRegion("")
                    .setBucket("dailies")
                    .setKey(workspace + "/references/" + id)
                    .setSize(bytes.length)
                    .setSha256(sha256)
                    .build()));
    kept.put(id, known);
    return known;
  }

  @Override
  public Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id) {
    return Optional.ofNullable(kept.get(id))
        .filter(known -> known.object().orElseThrow().getKey().startsWith(workspace + "/"));
  }
}
