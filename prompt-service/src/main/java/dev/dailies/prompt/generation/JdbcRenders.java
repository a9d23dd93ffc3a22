package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.JdbcColumns.utc;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.prompt.generation.RenderNews.Detail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Attempts in PostgreSQL. Every update is written so that the order of events does not matter: an
 * end is final, an open state is that of the latest event, facts are filled in once.
 */
final class JdbcRenders implements RenderStore {
  private static final String STATE =
      """
      state = case when state in ('COMPLETED', 'FAILED', 'RELEASED', 'CANCELLED') then state
                   when :ended or :sequence > sequence then :state else state end,
      sequence = greatest(sequence, :sequence)
      """;

  /** The row as it was: its generation is locked, so it is the newest. */
  private static final String BEFORE =
      """
       from (select id as before, state as state_before, progress as progress_before from render)
         as b
      where before = id and id = :render and generation = :generation
      returning state_before, state, progress_before, progress
      """;

  private final JdbcClient jdbc;

  JdbcRenders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void mint(Minted minted) {
    jdbc.sql(
            """
            insert into render (id, generation, pool, attempt, endpoint_model, state, reason,
              minted_at, handed_out_at)
            values (:id, :generation, :pool, :attempt, :model, 'QUEUED', :reason, :at, :at)
            """)
        .param("id", minted.id().value())
        .param("generation", minted.generation().value())
        .param("pool", minted.pool().value())
        .param("attempt", minted.attempt())
        .param("model", minted.endpointModel())
        .param("reason", minted.reason())
        .param("at", utc(minted.at()))
        .update();
  }

  @Override
  public List<Render> of(GenerationId generation) {
    return jdbc.sql(
            """
            select id, attempt, state, counts, failure_kind, failure_retry, failure_billing,
              failure_code, failure_vendor, not_before, ended_at, cost_amount, cost_currency,
              cost_basis
            from render where generation = :generation order by attempt
            """)
        .param("generation", generation.value())
        .query((row, number) -> render(row))
        .list();
  }

  private static Render render(ResultSet row) throws SQLException {
    return new Render(
        new RenderId(row.getString("id")),
        row.getInt("attempt"),
        RenderState.valueOf(row.getString("state")),
        row.getBoolean("counts"),
        JdbcColumns.failure(row),
        JdbcColumns.time(row, "not_before"),
        JdbcColumns.time(row, "ended_at"),
        JdbcColumns.cost(row));
  }

  @Override
  public Optional<RenderChange> note(RenderNews news) {
    StatementSpec update =
        switch (news.detail()) {
          case Detail.Claimed claimed -> claimed(news, claimed);
          case Detail.Submitted submitted -> submitted(news, submitted);
          case Detail.Progressed progressed ->
              set("progress = greatest(progress, :percent)", news)
                  .param("percent", progressed.percent());
          case Detail.Parked parked -> parked(news, parked);
          case Detail.Ended ended -> ended(news, ended);
        };
    return update
        .query((row, number) ->
            new RenderChange(
                RenderState.valueOf(row.getString("state_before")),
                RenderState.valueOf(row.getString("state")),
                row.getInt("progress_before"),
                row.getInt("progress")))
        .optional();
  }

  private StatementSpec set(String facts, RenderNews news) {
    return jdbc.sql("update render set " + STATE + ", " + facts + BEFORE)
        .param("ended", news.state().decided())
        .param("sequence", news.sequence())
        .param("state", news.state().name())
        .param("render", news.render().value())
        .param("generation", news.generation().value());
  }

  /** A render that is resumed is claimed again: the latest claim names the worker. */
  private StatementSpec claimed(RenderNews news, Detail.Claimed claimed) {
    return set(
            """
            claimed_at = least(claimed_at, :at),
            endpoint = coalesce(endpoint, :endpoint),
            worker = case when :sequence > worker_sequence then :worker else worker end,
            worker_sequence = greatest(worker_sequence, :sequence)
            """,
            news)
        .param("at", utc(news.at()))
        .param("endpoint", claimed.endpoint())
        .param("worker", claimed.worker());
  }

  private StatementSpec submitted(RenderNews news, Detail.Submitted submitted) {
    return set(
            """
            submitted_at = least(submitted_at, :at),
            endpoint = coalesce(endpoint, :endpoint),
            vendor_id = coalesce(vendor_id, :vendor),
            origin = coalesce(origin, :origin)
            """,
            news)
        .param("at", utc(news.at()))
        .param("endpoint", submitted.endpoint())
        .param("vendor", submitted.vendorId())
        .param("origin", submitted.origin());
  }

  private StatementSpec parked(RenderNews news, Detail.Parked parked) {
    return set(
            """
            parked_at = greatest(parked_at, :at),
            park_reason = coalesce(park_reason, :reason),
            endpoint = coalesce(endpoint, :endpoint)
            """,
            news)
        .param("at", utc(news.at()))
        .param("reason", parked.reason())
        .param("endpoint", parked.endpoint());
  }

  private StatementSpec ended(RenderNews news, Detail.Ended ended) {
    Optional<FailureFacts> failure = ended.failure();
    return set(
            """
            ended_at = coalesce(ended_at, :at),
            endpoint = coalesce(endpoint, :endpoint),
            vendor_id = coalesce(vendor_id, :vendor_id),
            counts = :counts,
            not_before = coalesce(not_before, :not_before),
            failure_kind = coalesce(failure_kind, :kind),
            failure_retry = coalesce(failure_retry, :retry),
            failure_billing = coalesce(failure_billing, :billing),
            failure_code = coalesce(failure_code, :code),
            failure_vendor = coalesce(failure_vendor, :vendor),
            cost_amount = coalesce(cost_amount, :amount),
            cost_currency = coalesce(cost_currency, :currency),
            cost_basis = coalesce(cost_basis, :basis)
            """,
            news)
        .param("at", utc(news.at()))
        .param("endpoint", ended.endpoint().orElse(null), Types.VARCHAR)
        .param("vendor_id", ended.vendorId().orElse(null), Types.VARCHAR)
        .param("counts", ended.counts())
        .param("not_before", utc(ended.notBefore()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("kind", failure.map(f -> f.kind().name()).orElse(null), Types.VARCHAR)
        .param("retry", failure.map(f -> f.retry().name()).orElse(null), Types.VARCHAR)
        .param("billing", failure.map(f -> f.billing().name()).orElse(null), Types.VARCHAR)
        .param("code", failure.map(FailureFacts::code).orElse(null), Types.VARCHAR)
        .param("vendor", failure.flatMap(FailureFacts::vendorCode).orElse(null), Types.VARCHAR)
        .param("amount", ended.cost().map(Spent::amount).orElse(null), Types.NUMERIC)
        .param("currency", ended.cost().map(Spent::currency).orElse(null), Types.VARCHAR)
        .param("basis", ended.cost().map(c -> c.basis().name()).orElse(null), Types.VARCHAR);
  }
}
