package dev.dailies.worker.ledger;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.ProviderJob;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people want of renders, whoever holds them; every worker applies it, one has effect. */
final class JdbcControl {
  private final JdbcClient jdbc;
  private final JdbcRenderRows rows;
  private final JdbcSlots slots;
  private final RenderEvents events;

  JdbcControl(JdbcClient jdbc, JdbcRenderRows rows, JdbcSlots slots, RenderEvents events) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.slots = slots;
    this.events = events;
  }

  CancelResult cancel(RenderId render, GenerationId generation, WorkspaceId workspace) {
    Optional<Cancelled> changed =
        jdbc.sql(
                """
                insert into render as r (render, generation, workspace, attempt, state,
                                         cancel_requested_at, ended_at, end_reason)
                values (:render, :generation, :workspace, 0, 'CANCELLED',
                        clock_timestamp(), clock_timestamp(), 'cancelled')
                on conflict (render) do update set
                  cancel_requested_at = clock_timestamp(),
                  state = case r.state when 'CLAIMED' then 'CANCELLED' else r.state end,
                  token = case r.state when 'CLAIMED' then r.token + 1 else r.token end,
                  job = case r.state when 'CLAIMED' then null else r.job end,
                  lease_until = case r.state when 'CLAIMED' then null else r.lease_until end,
                  ended_at = case r.state when 'CLAIMED' then clock_timestamp() end,
                  end_reason = case r.state when 'CLAIMED' then 'cancelled' else r.end_reason end
                where r.cancel_requested_at is null
                  and r.state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED', 'PARKED')
                returning r.state, r.attempt
                """)
            .param("render", render.value())
            .param("generation", generation.value())
            .param("workspace", workspace.value())
            .query((row, n) -> new Cancelled(RenderState.valueOf(row.getString(1)), row.getInt(2)))
            .optional();
    if (changed.isEmpty()) {
      return CancelResult.UNCHANGED;
    }
    if (changed.get().state() != RenderState.CANCELLED) {
      return CancelResult.REQUESTED;
    }
    slots.free(render.value());
    events.cancelled(
        render, generation, workspace, changed.get().attempt(), Billing.NO, Optional.empty());
    return CancelResult.CANCELLED;
  }

  private record Cancelled(RenderState state, int attempt) {}

  boolean decide(RenderId render, String decision, ParkedDecided decided) {
    Optional<HeldRender> parked =
        jdbc.sql(
                "select "
                    + JdbcRenderRows.COLUMNS
                    + """
                     from render r
                    where r.render = :render and r.state = 'PARKED'
                      and not (:decision = any(r.decisions))
                    for update of r
                    """)
            .param("render", render.value())
            .param("decision", decision)
            .query(rows)
            .optional();
    parked.ifPresent(row -> {
      switch (decided) {
        case ParkedDecided.Adopt adopt -> adopt(row, decision, adopt.vendorId());
        case ParkedDecided.DeclareDead dead -> endDead(row, decision, Retry.NEVER);
        case ParkedDecided.Retry retry -> endDead(row, decision, Retry.SAME_ENDPOINT_LATER);
      }
    });
    return parked.isPresent();
  }

  /** The holder finds it when it looks again; of a parked one, whichever worker sweeps first. */
  boolean answered(HeldRender render, ProviderJob job) {
    int changed =
        jdbc.sql(
                """
                update render set state = 'SUBMITTED', vendor_id = :vendor, origin = :origin,
                  end_reason = null, accepted_at = clock_timestamp(),
                  lease_until = coalesce(lease_until, clock_timestamp())
                where render = :render and state in ('SUBMITTING', 'PARKED')
                """)
            .param("vendor", job.vendorId())
            .param("origin", job.origin().toString())
            .param("render", render.render().value())
            .update();
    if (changed == 1) {
      jdbc.sql("update slot set kept_until = null where render = :render")
          .param("render", render.render().value())
          .update();
      events.submitted(render, job);
    }
    return changed == 1;
  }

  /** Without an owner's lease: whichever worker sweeps first follows it. */
  private void adopt(HeldRender parked, String decision, String vendorId) {
    ProviderJob job = new ProviderJob(vendorId, parked.sentTo().orElseThrow());
    jdbc.sql(
            """
            update render set state = 'SUBMITTED', vendor_id = :vendor, end_reason = null,
              accepted_at = clock_timestamp(), lease_until = clock_timestamp(),
              token = token + 1, decisions = decisions || :decision
            where render = :render
            """)
        .param("vendor", vendorId)
        .param("decision", decision)
        .param("render", parked.render().value())
        .update();
    jdbc.sql("update slot set kept_until = null where render = :render")
        .param("render", parked.render().value())
        .update();
    events.submitted(parked, job);
  }

  private void endDead(HeldRender parked, String decision, Retry retry) {
    Ending ending =
        parked.cancelRequested()
            ? new Ending.Cancelled(Billing.UNKNOWN, Optional.empty())
            : new Ending.Failed(
                EndpointFailure.of(FailureKind.LOST, retry, Billing.UNKNOWN), Optional.empty());
    Instant endedAt =
        jdbc.sql(
                """
                update render set state = :state, job = null, ended_at = clock_timestamp(),
                  token = token + 1, end_reason = :reason, decisions = decisions || :decision
                where render = :render returning ended_at
                """)
            .param("state", ending.state().name())
            .param("reason", ending.code())
            .param("decision", decision)
            .param("render", parked.render().value())
            .query((row, n) -> JdbcRenderRows.time(row, "ended_at").orElseThrow())
            .single();
    slots.free(parked.render().value());
    events.ended(parked, ending, parked.cancelRequested(), endedAt);
  }
}
