package dev.dailies.worker.ledger;

import dev.dailies.contracts.Billing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How renders end: the row, its slot and its event together. */
final class JdbcEndings {
  private final JdbcClient jdbc;
  private final JdbcSlots slots;
  private final RenderEvents events;

  JdbcEndings(JdbcClient jdbc, JdbcSlots slots, RenderEvents events) {
    this.jdbc = jdbc;
    this.slots = slots;
    this.events = events;
  }

  private record Ended(RenderState state, boolean cancelWanted, Instant at) {}

  boolean end(HeldRender render, Ending ending) {
    Optional<Ended> ended =
        JdbcHeld.sql(
                jdbc,
                """
                update render r
                set state = case when :state = 'RELEASED' and r.cancel_requested_at is not null
                                 then 'CANCELLED' else :state end,
                    job = null, lease_until = null, ended_at = clock_timestamp(),
                    end_reason = :reason
                """
                    + JdbcHeld.WHERE
                    + """
                    and r.state = :from
                    returning r.state, r.cancel_requested_at is not null as wanted, r.ended_at
                    """,
                render)
            .param("state", ending.state().name())
            .param("from", render.state().name())
            .param("reason", ending.code())
            .query((row, n) ->
                new Ended(
                    RenderState.valueOf(row.getString("state")),
                    row.getBoolean("wanted"),
                    JdbcRenderRows.time(row, "ended_at").orElseThrow()))
            .optional();
    ended.ifPresent(e -> tell(render, ending, e));
    return ended.isPresent();
  }

  private void tell(HeldRender render, Ending ending, Ended ended) {
    slots.free(render.render().value());
    boolean stopped = ended.state() == RenderState.CANCELLED && ending instanceof Ending.Released;
    events.ended(
        render,
        stopped ? new Ending.Cancelled(Billing.NO, Optional.empty()) : ending,
        ended.cancelWanted(),
        ended.at());
  }

  boolean park(HeldRender render, String reason, Duration longestRun) {
    boolean parked =
        JdbcHeld.sql(
                    jdbc,
                    """
                    update render r set state = 'PARKED', lease_until = null,
                      parked_at = clock_timestamp(), end_reason = :reason
                    """
                        + JdbcHeld.WHERE
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
  }
}
