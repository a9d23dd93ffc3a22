package dev.dailies.worker.ledger;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.event.RenderJob;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims and their slots, many in one statement. Rows are always locked in the order render, slot;
 * several renders in the order of their ids, so that two workers with the same jobs can't block
 * each other for ever.
 */
final class JdbcClaims {
  /** Pairs wishes with free slots, endpoint by endpoint; the first wish gets the lowest slot. */
  private static final String TAKE =
      """
      open as (
        select d.endpoint, s.number,
               row_number() over (partition by d.endpoint order by s.number) as turn
        from (select w.endpoint, e.slots, count(*) as wanted,
                     e.slots - (select count(*) from slot t
                                where t.endpoint = w.endpoint and t.render is not null) as free
              from wish w join endpoint e on e.name = w.endpoint
              where e.closed_until is null or e.closed_until <= clock_timestamp()
              group by w.endpoint, e.slots) d
        cross join lateral (
          select number from slot
          where slot.endpoint = d.endpoint and slot.render is null and slot.number <= d.slots
          order by number limit greatest(0, least(d.wanted, d.free)) for update skip locked) s
      ),
      taken as (
        update slot set render = w.render
        from wish w join open o on o.endpoint = w.endpoint and o.turn = w.turn
        where slot.endpoint = o.endpoint and slot.number = o.number
        returning slot.render, slot.endpoint
      )
      """;

  private static final String CLAIM =
      """
      with offer as (
        select * from unnest(:render::text[], :generation::text[], :workspace::text[],
                             :attempt::int[], :job::bytea[], :trace::text[], :endpoint::text[])
          with ordinality
          as o (render, generation, workspace, attempt, job, trace, endpoint, place)
      ),
      fresh as (
        insert into render (render, generation, workspace, attempt, state, owner, lease_until, job,
                            trace_parent, endpoint, claimed_at)
        select render, generation, workspace, attempt, 'CLAIMED', :owner,
               clock_timestamp() + :lease * interval '1 millisecond', job,
               nullif(trace, ''), endpoint, clock_timestamp()
        from offer order by render
        on conflict (render) do nothing
        returning *
      ),
      wish as (
        select f.render, f.endpoint,
               row_number() over (partition by f.endpoint order by o.place) as turn
        from fresh f join offer o using (render)
      ),
      """
          + TAKE
          + """
          select f.*, t.render is not null as slotted, clock_timestamp() as seen_at
          from fresh f left join taken t on t.render = f.render order by f.render
          """;

  private static final String TAKE_SLOTS =
      """
      with asked as (
        select * from unnest(:render::text[], :owner::text[], :token::bigint[], :endpoint::text[])
          with ordinality as a (render, owner, token, endpoint, place)
      ),
      mine as (
        select r.render from render r join asked a
          on r.render = a.render and r.owner = a.owner and r.token = a.token
        where r.state = 'CLAIMED' and not exists (select 1 from slot where render = r.render)
        order by r.render for update of r skip locked
      ),
      wish as (
        select a.render, a.endpoint,
               row_number() over (partition by a.endpoint order by a.place) as turn
        from asked a join mine using (render)
      ),
      """
          + TAKE
          + """
          update render r set endpoint = t.endpoint from taken t where r.render = t.render
          returning r.*, true as slotted, clock_timestamp() as seen_at
          """;

  private final JdbcClient jdbc;
  private final JdbcRenderRows rows;

  JdbcClaims(JdbcClient jdbc, JdbcRenderRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  List<HeldRender> claim(WorkerId owner, List<ClaimOffer> offers, Duration lease) {
    return jdbc.sql(CLAIM)
        .param("owner", owner.value())
        .param("lease", lease.toMillis())
        .param("render", of(offers, RenderJob::getRender))
        .param("generation", of(offers, RenderJob::getGeneration))
        .param("workspace", of(offers, RenderJob::getWorkspace))
        .param("attempt", offers.stream().map(o -> o.job().getAttempt()).toArray(Integer[]::new))
        .param("job", offers.stream().map(o -> EventCodec.encode(o.job())).toArray(byte[][]::new))
        .param("trace", offers.stream().map(o -> o.traceParent().orElse("")).toArray(String[]::new))
        .param(
            "endpoint",
            offers.stream()
                .map(o -> o.endpoint().map(ClaimOffer.Choice::name).orElse(null))
                .toArray(String[]::new))
        .query(rows)
        .list();
  }

  private static String[] of(List<ClaimOffer> offers, Function<RenderJob, String> part) {
    return offers.stream().map(o -> part.apply(o.job())).toArray(String[]::new);
  }

  List<HeldRender> takeSlots(List<SlotWish> wishes) {
    return jdbc.sql(TAKE_SLOTS)
        .param(
            "render", wishes.stream().map(w -> w.render().render().value()).toArray(String[]::new))
        .param(
            "owner",
            wishes.stream().map(w -> w.render().fence().owner().value()).toArray(String[]::new))
        .param("token", wishes.stream().map(w -> w.render().fence().token()).toArray(Long[]::new))
        .param("endpoint", wishes.stream().map(SlotWish::endpoint).toArray(String[]::new))
        .query(rows)
        .list();
  }
}
