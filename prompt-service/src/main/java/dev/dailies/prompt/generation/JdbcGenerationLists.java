package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.JdbcColumns.utc;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lists from PostgreSQL. Only the conditions that are wanted stand in the statement, so that each
 * finds its index; the order is that of the indexes.
 */
final class JdbcGenerationLists implements GenerationLists {
  private static final String SELECT =
      """
      select g.id, g.shot, g.project, g.brief, g.state, g.cancel_asked_at, g.form,
        g.words ->> 'prompt' as prompt, g.dimensions, g.accepted_at, g.ended_at, g.asset,
        g.failure_code
      from generation g
      where \
      """;
  private static final String TEXT =
      """
      g.id in (select s.generation from generation_search s
        where s.workspace = :workspace and s.words @@ plainto_tsquery('simple', :text))\
      """;

  private static final String PARENT =
      "g.id in (select d.generation from generation_source d where d.parent = :parent)";

  private final JdbcClient jdbc;
  private final SpecificationJson json;

  JdbcGenerationLists(JdbcClient jdbc, SpecificationJson json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** A statement and its parameters. */
  record Statement(String sql, Map<String, Object> params) {}

  private static final class Conditions {
    final List<String> conditions = new ArrayList<>();
    final Map<String, Object> params = new LinkedHashMap<>();

    void add(String condition, String name, Object value) {
      conditions.add(condition);
      params.put(name, value);
    }
  }

  @Override
  public List<GenerationSummary> list(WorkspaceId workspace, GenerationQuery query) {
    Statement statement = statement(workspace, query, json);
    return jdbc.sql(statement.sql())
        .params(statement.params())
        .query((row, number) -> summary(row))
        .list();
  }

  static Statement statement(WorkspaceId workspace, GenerationQuery query, SpecificationJson json) {
    Conditions where = new Conditions();
    where.add("g.workspace = :workspace and g.erased_at is null", "workspace", workspace.value());
    if (!query.states().isEmpty()) {
      List<String> states = query.states().stream().map(Enum::name).toList();
      where.add("g.state in (:states)", "states", states);
    }
    query.project().ifPresent(id -> where.add("g.project = :project", "project", id.value()));
    query.brief().ifPresent(id -> where.add("g.brief = :brief", "brief", id.value()));
    query.shot().ifPresent(id -> where.add("g.shot = :shot", "shot", id.value()));
    query.model().ifPresent(name -> where.add("g.model = :model", "model", name));
    query.acceptedAfter().ifPresent(at -> where.add("g.accepted_at >= :from", "from", utc(at)));
    query.acceptedBefore().ifPresent(at -> where.add("g.accepted_at < :until", "until", utc(at)));
    if (!query.dimensions().isEmpty()) {
      // Said twice, as the index leaves out those without.
      String wanted = json.write(query.dimensions());
      where.add("g.dimensions <> '{}' and g.dimensions @> :wanted::jsonb", "wanted", wanted);
    }
    query.parent().ifPresent(id -> where.add(PARENT, "parent", id.value()));
    query.text().ifPresent(text -> where.add(TEXT, "text", text));
    query
        .after()
        .ifPresent(place -> {
          String beyond = query.newestFirst() ? "<" : ">";
          where.add(
              "(g.accepted_at, g.id) " + beyond + " (:at, :id)", "at", utc(place.acceptedAt()));
          where.params.put("id", place.id().value());
        });
    where.params.put("limit", query.limit());
    String order = query.newestFirst() ? " desc" : "";
    return new Statement(
        SELECT
            + String.join("\n  and ", where.conditions)
            + "\norder by g.accepted_at%1$s, g.id%1$s limit :limit".formatted(order),
        where.params);
  }

  private GenerationSummary summary(ResultSet row) throws SQLException {
    return new GenerationSummary(
        new GenerationId(row.getString("id")),
        row.getString("shot"),
        JdbcColumns.text(row, "project"),
        JdbcColumns.text(row, "brief"),
        GenerationState.valueOf(row.getString("state")),
        JdbcColumns.time(row, "cancel_asked_at").isPresent(),
        json.form(row.getString("form")),
        JdbcColumns.text(row, "prompt"),
        json.texts(row.getString("dimensions")),
        JdbcColumns.time(row, "accepted_at").orElseThrow(),
        JdbcColumns.time(row, "ended_at"),
        JdbcColumns.text(row, "asset"),
        JdbcColumns.text(row, "failure_code"));
  }
}
