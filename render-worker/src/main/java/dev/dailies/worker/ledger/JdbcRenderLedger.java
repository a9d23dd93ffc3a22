package dev.dailies.worker.ledger;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** The ledger in PostgreSQL. */
final class JdbcRenderLedger implements RenderLedger {
  private static final String RETURNING = " returning " + JdbcRenderRows.COLUMNS;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final JdbcRenderRows rows;
  private final JdbcClaims claims;
  private final JdbcSlots slots;
  private final JdbcLeases leases;
  private final JdbcEndings endings;
  private final JdbcControl control;
  private final RenderEvents events;

  JdbcRenderLedger(
      JdbcClient jdbc, TransactionOperations transactions, Outbox outbox, EventCodec codec) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.rows = new JdbcRenderRows(codec);
    this.claims = new JdbcClaims(jdbc, rows);
    this.slots = new JdbcSlots(jdbc);
    this.leases = new JdbcLeases(jdbc, rows);
    this.events = new RenderEvents(outbox);
    this.endings = new JdbcEndings(jdbc, slots, events);
    this.control = new JdbcControl(jdbc, rows, slots, events);
  }

  @Override
  public List<HeldRender> claim(WorkerId owner, List<ClaimOffer> offers, Duration lease) {
    Map<String, ClaimOffer> once =
        offers.stream()
            .collect(Collectors.toMap(o -> o.job().getRender(), Function.identity(), (a, b) -> a));
    return inTransaction(() -> {
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
    return inTransaction(() ->
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
    return inTransaction(() ->
        change(render, "quiet_from = clock_timestamp()", "r.state = 'SUBMITTING'")
            .query(rows)
            .optional());
  }

  @Override
  public Optional<HeldRender> submitted(HeldRender render, ProviderJob job) {
    try {
      return inTransaction(() -> {
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
  public boolean answered(HeldRender render, ProviderJob job) {
    try {
      return inTransaction(() -> control.answered(render, job));
    } catch (DuplicateKeyException taken) {
      return false;
    }
  }

  @Override
  public Optional<HeldRender> progressed(HeldRender render, int percent) {
    return inTransaction(() -> {
      Optional<HeldRender> now =
          change(render, "percent = :percent", "r.state = 'SUBMITTED' and r.percent < :percent")
              .param("percent", percent)
              .query(rows)
              .optional();
      now.ifPresent(r -> events.progressed(r, percent));
      return now;
    });
  }

  @Override
  public Optional<HeldRender> rendered(HeldRender render, HeldRender.Result result) {
    return inTransaction(() -> {
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
    return inTransaction(() -> endings.end(render, ending));
  }

  @Override
  public boolean park(HeldRender render, String reason, Duration longestRun) {
    return inTransaction(() -> endings.park(render, reason, longestRun));
  }

  @Override
  public Optional<HeldRender> reload(HeldRender render) {
    return inTransaction(() -> leases.reload(render));
  }

  @Override
  public Map<RenderId, Long> renew(WorkerId owner, Set<RenderId> held, Duration lease) {
    return inTransaction(() -> leases.renew(owner, held, lease));
  }

  @Override
  public List<HeldRender> takeOver(WorkerId owner, Set<RenderId> held, Duration lease, int most) {
    return inTransaction(() -> leases.takeOver(owner, held, lease, most));
  }

  @Override
  public void handOver(HeldRender render) {
    inTransaction(() -> leases.handOver(render));
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
    inTransaction(() -> {
      slots.register(endpoint, count);
      return count;
    });
  }

  @Override
  public void close(String endpoint, Duration pause, String reason) {
    inTransaction(() -> {
      slots.close(endpoint, pause, reason);
      return pause;
    });
  }

  @Override
  public int freeExpiredSlots() {
    return inTransaction(slots::freeExpired);
  }

  private StatementSpec change(HeldRender render, String set, String where) {
    return JdbcHeld.sql(
        jdbc, "update render r set " + set + JdbcHeld.WHERE + " and " + where + RETURNING, render);
  }

  private <T> T inTransaction(Supplier<T> work) {
    try {
      return java.util.Objects.requireNonNull(transactions.execute(status -> work.get()));
    } catch (DataIntegrityViolationException impossible) {
      // Not the database's trouble: the same again would fail again, for ever.
      throw impossible;
    } catch (DataAccessException | TransactionException e) {
      throw new LedgerUnavailable(e);
    }
  }
}
