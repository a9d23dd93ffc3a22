package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.JdbcColumns.utc;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.messaging.TraceParent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Generations and their holds in PostgreSQL. */
final class JdbcGenerations implements GenerationStore {
  private static final String LOCK =
      """
      select id, workspace, shot, pool, model, state, held, settled_attempt, accepted_at,
        cancel_asked_at
      from generation where id = :id\
      """;

  private final JdbcClient jdbc;
  private final SpecificationJson json;
  private final TraceParent trace;

  JdbcGenerations(JdbcClient jdbc, SpecificationJson json, TraceParent trace) {
    this.trace = trace;
    this.jdbc = jdbc;
    this.json = json;
  }

  @Override
  public List<Variation> variations(GenerationId first) {
    return jdbc.sql(
            """
            select id, shot from generation where id = :first or request = :first
            order by coalesce((form ->> 'variation')::integer, 1)
            """)
        .param("first", first.value())
        .query((row, number) ->
            new Variation(new GenerationId(row.getString("id")), new ShotId(row.getString("shot"))))
        .list();
  }

  @Override
  public void insert(AcceptedRequest accepted) {
    jdbc.sql(
            """
            insert into generation (id, workspace, shot, request, pool, model, state, held, form,
              words, metadata, estimate_amount, estimate_currency, accepted_at, deadline,
              trace_parent, project, brief, dimensions)
            select :id, workspace, id, :request, :pool, :model, 'WAITING', :held, :form::jsonb,
              :words::jsonb, :metadata::jsonb, :amount::numeric, :currency, :at::timestamptz,
              :deadline::timestamptz, :trace, project, brief, dimensions
            from shot where id = :shot and workspace = :workspace
            """)
        .param("shot", accepted.shot().value())
        .param("workspace", accepted.workspace().value())
        .param("request", accepted.request().map(GenerationId::value).orElse(null))
        .param("at", utc(accepted.acceptedAt()))
        .param(
            "deadline",
            utc(accepted.specification().form().deadline()),
            Types.TIMESTAMP_WITH_TIMEZONE)
        .param("id", accepted.id().value())
        .param("pool", accepted.pool().value())
        .param("model", accepted.specification().form().model())
        .param("held", !accepted.holds().isEmpty())
        .param("form", json.write(accepted.specification().form()))
        .param("words", json.write(accepted.specification().words()))
        .param("metadata", json.write(accepted.metadata()))
        .param("trace", trace.current().orElse(null))
        .param("amount", accepted.estimate().map(Spent::amount).orElse(null))
        .param("currency", accepted.estimate().map(Spent::currency).orElse(null))
        .update();
    accepted.holds().forEach(hold -> insertHold(accepted.id(), hold));
  }

  private void insertHold(GenerationId id, Hold hold) {
    jdbc.sql(
            """
            insert into generation_hold (generation, name, until) values (:id, :name, :until)
            on conflict (generation, name) do update set until = excluded.until
            """)
        .param("id", id.value())
        .param("name", hold.name())
        .param("until", utc(hold.until()), Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  @Override
  public Optional<String> traceParent(GenerationId id) {
    return jdbc.sql(
            "select trace_parent from generation where id = :id and trace_parent is not null")
        .param("id", id.value())
        .query(String.class)
        .optional();
  }

  @Override
  public Optional<Generation> lock(GenerationId id) {
    return jdbc.sql(LOCK + " for update")
        .param("id", id.value())
        .query((row, number) -> generation(row))
        .optional();
  }

  @Override
  public Optional<Generation> lock(WorkspaceId workspace, GenerationId id) {
    return jdbc.sql(LOCK + " and workspace = :workspace for update")
        .param("id", id.value())
        .param("workspace", workspace.value())
        .query((row, number) -> generation(row))
        .optional();
  }

  static Generation generation(ResultSet row) throws SQLException {
    return new Generation(
        new GenerationId(row.getString("id")),
        new WorkspaceId(row.getString("workspace")),
        new ShotId(row.getString("shot")),
        new Pool(row.getString("pool")),
        row.getString("model"),
        GenerationState.valueOf(row.getString("state")),
        row.getBoolean("held"),
        row.getInt("settled_attempt"),
        JdbcColumns.time(row, "accepted_at").orElseThrow(),
        JdbcColumns.time(row, "cancel_asked_at"));
  }

  @Override
  public Optional<Specification> specification(GenerationId id) {
    return jdbc.sql("select form, words from generation where id = :id and words is not null")
        .param("id", id.value())
        .query((row, number) ->
            new Specification(json.form(row.getString("form")), json.words(row.getString("words"))))
        .optional();
  }

  @Override
  public boolean move(Generation from, GenerationState to) {
    return jdbc.sql("update generation set state = :to where id = :id and state = :from")
            .param("to", to.name())
            .param("id", from.id().value())
            .param("from", from.state().name())
            .update()
        == 1;
  }

  @Override
  public void waitAgain(Generation from, Step.Again again) {
    again.hold().ifPresent(hold -> insertHold(from.id(), hold));
    jdbc.sql(
            """
            update generation set state = 'WAITING', settled_attempt = :attempt,
              held = exists (select from generation_hold where generation = :id)
            where id = :id and state = :from
            """)
        .param("attempt", again.ended())
        .param("id", from.id().value())
        .param("from", from.state().name())
        .update();
  }

  @Override
  public void hold(GenerationId id, Hold hold) {
    insertHold(id, hold);
    jdbc.sql("update generation set held = true where id = :id").param("id", id.value()).update();
  }

  @Override
  public boolean lift(GenerationId id, String hold) {
    jdbc.sql("delete from generation_hold where generation = :id and name = :hold")
        .param("id", id.value())
        .param("hold", hold)
        .update();
    return jdbc.sql(
            """
            update generation
            set held = exists (select from generation_hold where generation = :id)
            where id = :id returning not held
            """)
        .param("id", id.value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  @Override
  public void askCancel(Generation from, Instant at) {
    jdbc.sql("update generation set cancel_asked_at = :at where id = :id")
        .param("at", utc(at))
        .param("id", from.id().value())
        .update();
  }

  @Override
  public boolean end(Generation from, Ending ending) {
    jdbc.sql("delete from generation_hold where generation = :id")
        .param("id", from.id().value())
        .update();
    return jdbc.sql(
                """
                update generation set state = :state, held = false, ended_at = :at,
                  render = :render, asset = :asset,
                  cancelled_too_late = :state = 'COMPLETED' and cancel_asked_at is not null,
                  failure_kind = :kind, failure_retry = :retry, failure_billing = :billing,
                  failure_code = :code, failure_vendor = :vendor
                where id = :id and state = :from
                """)
            .param("state", ending.state().name())
            .param("at", utc(ending.at()))
            .param("render", ending.render().map(RenderId::value).orElse(null))
            .param("asset", ending.asset().map(AssetId::value).orElse(null))
            .param("kind", ending.failure().map(f -> f.kind().name()).orElse(null))
            .param("retry", ending.failure().map(f -> f.retry().name()).orElse(null))
            .param("billing", ending.failure().map(f -> f.billing().name()).orElse(null))
            .param("code", ending.failure().map(FailureFacts::code).orElse(null))
            .param("vendor", ending.failure().flatMap(FailureFacts::vendorCode).orElse(null))
            .param("id", from.id().value())
            .param("from", from.state().name())
            .update()
        == 1;
  }
}
