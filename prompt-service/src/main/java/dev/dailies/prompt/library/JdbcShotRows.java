package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of shots. */
final class JdbcShotRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private JdbcShotRows() {}

  static void insert(JdbcClient jdbc, Shot shot) {
    OffsetDateTime at = shot.createdAt().atOffset(ZoneOffset.UTC);
    jdbc.sql(
            """
            insert into shot (id, workspace, version, title, project, brief, brief_row, dimensions,
              created_at, changed_at)
            values (:id, :workspace, :version, :title, :project, :brief, :row, :dimensions::jsonb,
              :at, :at)
            """)
        .param("id", shot.id().value())
        .param("workspace", shot.workspace().value())
        .param("version", shot.version())
        .param("title", shot.title().orElse(null))
        .param("project", shot.project().map(ProjectId::value).orElse(null))
        .param("brief", shot.brief().map(BriefId::value).orElse(null))
        .param("row", shot.briefRow().orElse(null))
        .param("dimensions", json(shot.dimensions()))
        .param("at", at)
        .update();
  }

  static String json(Map<String, String> texts) {
    return JSON.writeValueAsString(texts);
  }

  static Shot shot(ResultSet row) throws SQLException {
    OffsetDateTime changed = row.getObject("changed_at", OffsetDateTime.class);
    return new Shot(
        new ShotId(row.getString("id")),
        new WorkspaceId(row.getString("workspace")),
        row.getLong("version"),
        JdbcLibrary.text(row, "title"),
        JdbcLibrary.text(row, "project").map(ProjectId::new),
        JdbcLibrary.text(row, "brief").map(BriefId::new),
        JdbcLibrary.text(row, "brief_row"),
        JSON.readValue(row.getString("dimensions"), TEXTS),
        row.getBoolean("archived"),
        JdbcLibrary.time(row, "created_at"),
        Optional.ofNullable(changed)
            .map(OffsetDateTime::toInstant)
            .orElse(JdbcLibrary.time(row, "created_at")));
  }
}
