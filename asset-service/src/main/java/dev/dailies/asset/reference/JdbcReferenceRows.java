package dev.dailies.asset.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How references stand in their table. */
final class JdbcReferenceRows {
  private JdbcReferenceRows() {}

  static JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, StoredObject object) {
    return statement
        .param("store", object.getStore())
        .param("region", object.getRegion())
        .param("bucket", object.getBucket())
        .param("key", object.getKey())
        .param("version", object.getVersion().orElse(null))
        .param("size", object.getSize())
        .param("sha256", object.getSha256());
  }

  static Optional<Actor> actor(ResultSet row) throws SQLException {
    String kind = row.getString("actor_kind");
    return kind == null
        ? Optional.empty()
        : Optional.of(new Actor(ActorKind.valueOf(kind), row.getString("actor")));
  }

  static References.Claim claim(ResultSet row) throws SQLException {
    return new References.Claim(
        new ReferenceId(row.getString("id")),
        new WorkspaceId(row.getString("workspace")),
        row.getString("content_type"),
        object(row),
        actor(row),
        row.getObject("token", UUID.class),
        row.getInt("claims"));
  }

  static StoredObject object(ResultSet row) throws SQLException {
    return StoredObject.newBuilder()
        .setStore(row.getString("store"))
        .setRegion(row.getString("region"))
        .setBucket(row.getString("bucket"))
        .setKey(row.getString("key"))
        .setVersion(row.getString("version"))
        .setSize(row.getLong("size"))
        .setSha256(row.getString("sha256"))
        .build();
  }

  static ReferenceFacts facts(ResultSet row) throws SQLException {
    return new ReferenceFacts(
        row.getString("id"),
        row.getString("state").toLowerCase(Locale.ROOT),
        row.getString("content_type"),
        row.getLong("size"),
        row.getString("sha256"),
        Optional.ofNullable(row.getString("finding")),
        row.getTimestamp("noted_at").toInstant());
  }
}
