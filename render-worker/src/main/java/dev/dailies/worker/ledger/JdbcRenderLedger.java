package dev.dailies.worker.ledger;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.messaging.Outbox;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.ProviderJob;
import java.net.URI;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** The ledger in PostgreSQL. */
public final class JdbcRenderLedger implements RenderLedger {
  /** Whose write is taken: the holder's, under its own token. */
  private static final String HELD =
      " where r.render = :render and r.owner = :owner and r.token = :token ";

  private static final String RETURNING = " returning " + JdbcRenderRows.COLUMNS;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final JdbcRenderRows rows;
  private final JdbcClaims claims;
  private final JdbcSlots slots;
  private final JdbcControl control;
  private final RenderEvents events;

  public JdbcRenderLedger(
      JdbcClient jdbc, TransactionOperations transactions, Outbox outbox, EventCodec codec) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.rows = new JdbcRenderRows(codec);
    this.claims = new JdbcClaims(jdbc, rows);
    this.slots = new JdbcSlots(jdbc);
    this.events = new RenderEvents(outbox);
    this.control = new JdbcControl(jdbc, rows, slots, events);
  }

  @Override
  public List<HeldRender> claim(WorkerId owner, List<ClaimOffer> offers, Duration lease) {
    Map<String, ClaimOffer> once =
        offers.stream()
            .collect(Collectors.toMap(o -> o.job().getRender(), Function.identity(), (a, b) -> a));
    return inTransaction(
        () -> {
          List<HeldRender> fresh = claims.claim(owner, List.copyOf(once.values()), lease);
          for (HeldRender render : fresh) {
            ClaimOffer offer = once.get(render.render().value());
            events.claimed(render, reasonOf(offer));
          }
          return fresh;
        });
  }

  private static String reasonOf(@Nullable ClaimOffer offer) {
    return Optional.ofNullable(offer)
        .flatMap(ClaimOffer::endpoint)
        .map(ClaimOffer.Choice::reason)
        .orElse("no_endpoint");
  }

  @Override
  public List<HeldRender> takeSlots(List<SlotWish> wishes) {
    return wishes.isEmpty() ? List.of() : inTransaction(() -> claims.takeSlots(wishes));
  }

  @Override
  public Optional<HeldRender> submitting(HeldRender render, SubmittedPlan plan, URI origin) {
    return inTransaction(
        () ->
            change(
                    render,
                    """
                    state = 'SUBMITTING', client_reference = r.render, plan = :plan,
                    origin = :origin, submitting_at = clock_timestamp()
                    """,
                    """
                    r.state = 'CLAIMED' and r.lease_until > clock_timestamp()
                    and r.cancel_requested_at is null
                    and exists (select 1 from slot where slot.render = r.render)
                    """)
                .param("plan", JdbcRenderRows.text(plan))
                .param("origin", origin.toString())
                .query(rows)
                .optional());
  }

  @Override
  public Optional<HeldRender> unanswered(HeldRender render) {
    return inTransaction(
        () ->
            change(render, "quiet_from = clock_timestamp()", "r.state = 'SUBMITTING'")
                .query(rows)
                .optional());
  }

  @Override
  public Optional<HeldRender> submitted(HeldRender render, ProviderJob job) {
    try {
      return inTransaction(
          () -> {
            Optional<HeldRender> now =
                change(
                        render,
                        """
                        state = 'SUBMITTED', vendor_id = :vendor, origin = :origin,
                        accepted_at = clock_timestamp()
                        """,
                        "r.state = 'SUBMITTING'")
                    .param("vendor", job.vendorId())
                    .param("origin", job.origin().toString())
                    .query(rows)
                    .optional();
            now.ifPresent(r -> events.submitted(r, job));
            return now;
          });
    } catch (DuplicateKeyException taken) {
      throw new JobAlreadyHeld(job);
    }
  }

  @Override
  public Optional<HeldRender> progressed(HeldRender render, int percent) {
    return inTransaction(
        () -> {
          Optional<HeldRender> now =
              change(
                      render,
                      "percent = :percent",
                      "r.state = 'SUBMITTED' and r.percent < :percent")
                  .param("percent", percent)
                  .query(rows)
                  .optional();
          now.ifPresent(r -> events.progressed(r, percent));
          return now;
        });
  }

  @Override
  public Optional<HeldRender> rendered(HeldRender render, HeldRender.Result result) {
    return inTransaction(
        () -> {
          Optional<HeldRender> now =
              change(
                      render,
                      """
                      state = 'RENDERED', finished_at = clock_timestamp(), cost_amount = :amount,
                      cost_currency = :currency, cost_reported = :reported, seed_used = :seed,
                      model_version = :model
                      """,
                      "r.state = 'SUBMITTED'")
                  .param("amount", result.cost().map(Charge::amount).orElse(null), Types.NUMERIC)
                  .param("currency", result.cost().map(Charge::currency).orElse(null))
                  .param("reported", result.costReported())
                  .param(
                      "seed",
                      result.seed().isPresent() ? result.seed().getAsLong() : null,
                      Types.BIGINT)
                  .param("model", result.model().orElse(null))
                  .query(rows)
                  .optional();
          now.ifPresent(r -> slots.free(r.render().value()));
          return now;
        });
  }

  @Override
  public boolean end(HeldRender render, Ending ending) {
    Transitions.requireLegal(render.state(), ending.state());
    return inTransaction(
        () -> {
          Optional<Ended> ended =
              held(
                      """
                      update render r
                      set state = case when :state = 'RELEASED' and r.cancel_requested_at is not null
                                       then 'CANCELLED' else :state end,
                          job = null, lease_until = null, ended_at = clock_timestamp(),
                          end_reason = :reason
                      """
                          + HELD
                          + """
                          and r.state = :from
                          returning r.state, r.cancel_requested_at is not null as wanted, r.ended_at
                          """,
                      render)
                  .param("state", ending.state().name())
                  .param("from", render.state().name())
                  .param("reason", ending.code())
                  .query(
                      (row, n) ->
                          new Ended(
                              RenderState.valueOf(row.getString("state")),
                              row.getBoolean("wanted"),
                              JdbcRenderRows.time(row, "ended_at").orElseThrow()))
                  .optional();
          ended.ifPresent(e -> tell(render, ending, e));
          return ended.isPresent();
        });
  }

  private void tell(HeldRender render, Ending ending, Ended ended) {
    slots.free(render.render().value());
    boolean stopped =
        ended.state() == RenderState.CANCELLED && ending instanceof Ending.Released;
    events.ended(
        render,
        stopped ? new Ending.Cancelled(Billing.NO, Optional.empty()) : ending,
        ended.cancelWanted(),
        ended.at());
  }

  private record Ended(RenderState state, boolean cancelWanted, Instant at) {}

  @Override
  public boolean park(HeldRender render, String reason, Duration longestRun) {
    return inTransaction(
        () -> {
          boolean parked =
              held(
                          """
                          update render r set state = 'PARKED', lease_until = null,
                            parked_at = clock_timestamp(), end_reason = :reason
                          """
                              + HELD
                              + "and r.state = 'SUBMITTING'",
                          render)
                      .param("reason", reason)
                      .update()
                  == 1;
          if (parked) {
            slots.keep(render.render().value(), longestRun);
            events.parked(render, reason);
          }
          return parked;
        });
  }

  @Override
  public Optional<HeldRender> reload(HeldRender render) {
    return inTransaction(
        () ->
            held(
                    "select "
                        + JdbcRenderRows.COLUMNS
                        + " from render r"
                        + HELD
                        + "and r.state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED')",
                    render)
                .query(rows)
                .optional());
  }

  @Override
  public Map<RenderId, Long> renew(WorkerId owner, Set<RenderId> held, Duration lease) {
    return inTransaction(
        () ->
            jdbc
                .sql(
                    """
                    update render set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                    where owner = :owner and render = any(:held)
                      and state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED')
                    returning render, token
                    """)
                .param("lease", lease.toMillis())
                .param("owner", owner.value())
                .param("held", names(held))
                .query((row, n) -> Map.entry(new RenderId(row.getString(1)), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public List<HeldRender> takeOver(WorkerId owner, Set<RenderId> held, Duration lease, int most) {
    return inTransaction(
        () ->
            jdbc.sql(
                    """
                    update render r
                    set owner = :owner, token = r.token + 1,
                        quiet_from = coalesce(r.quiet_from, r.lease_until),
                        lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                    where r.render in (
                      select render from render
                      where state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED')
                        and lease_until < clock_timestamp()
                        and not (owner = :owner and render = any(:held))
                      order by lease_until limit :most for update skip locked)
                    returning\s"""
                        + JdbcRenderRows.COLUMNS)
                .param("owner", owner.value())
                .param("held", names(held))
                .param("lease", lease.toMillis())
                .param("most", most)
                .query(rows)
                .list());
  }

  private static String[] names(Set<RenderId> renders) {
    return renders.stream().map(RenderId::value).toArray(String[]::new);
  }

  @Override
  public void handOver(HeldRender render) {
    inTransaction(
        () ->
            held(
                    "update render r set lease_until = clock_timestamp()"
                        + HELD
                        + "and r.lease_until is not null",
                    render)
                .update());
  }

  @Override
  public CancelResult cancel(RenderId render, GenerationId generation, WorkspaceId workspace) {
    return inTransaction(() -> control.cancel(render, generation, workspace));
  }

  @Override
  public boolean decide(RenderId render, String decision, ParkedDecided decided) {
    return inTransaction(() -> control.decide(render, decision, decided));
  }

  @Override
  public SlotBoard board(Set<String> endpoints) {
    return inTransaction(() -> slots.board(endpoints));
  }

  @Override
  public void register(String endpoint, int count) {
    inTransaction(
        () -> {
          slots.register(endpoint, count);
          return count;
        });
  }

  @Override
  public void close(String endpoint, Duration pause, String reason) {
    inTransaction(
        () -> {
          slots.close(endpoint, pause, reason);
          return pause;
        });
  }

  @Override
  public int freeExpiredSlots() {
    return inTransaction(slots::freeExpired);
  }

  private StatementSpec change(HeldRender render, String set, String where) {
    return held("update render r set " + set + HELD + " and " + where + RETURNING, render);
  }

  private StatementSpec held(String sql, HeldRender render) {
    return jdbc.sql(sql)
        .param("render", render.render().value())
        .param("owner", render.fence().owner().value())
        .param("token", render.fence().token());
  }

  private <T> T inTransaction(Supplier<T> work) {
    try {
      return java.util.Objects.requireNonNull(transactions.execute(status -> work.get()));
    } catch (DuplicateKeyException taken) {
      throw taken;
    } catch (DataAccessException | TransactionException e) {
      throw new LedgerUnavailable(e);
    }
  }
}
