package dev.dailies.messaging;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers which events a consumer has taken in; one statement per event, in its transaction. */
final class Inbox {
  /** Names a hole no longer than this; what lies deeper counts as a repeat. */
  private static final int DEEPEST_HOLE = 1000;

  private final JdbcClient jdbc;

  Inbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What an event is to a consumer. */
  enum Arrival {
    /** The next one. */
    NEXT,
    /** A new one, but others before it are still missing. */
    AFTER_GAP,
    /** One that was missing. */
    LATE,
    /** Taken in before. */
    DUPLICATE
  }

  /** Notes the event, unless it was noted before. */
  Arrival note(String consumer, EventPosition at) {
    return jdbc.sql(
            """
            insert into inbox as i (consumer, source, aggregate, aggregate_id, high, missing)
            values (:consumer, :source, :aggregate, :id, :sequence,
                    array(select generate_series(greatest(1, :sequence - :deepest), :sequence - 1)))
            on conflict (consumer, source, aggregate, aggregate_id) do update set
              missing = case
                when :sequence > i.high then i.missing || array(
                  select generate_series(greatest(i.high + 1, :sequence - :deepest), :sequence - 1))
                else array_remove(i.missing, :sequence) end,
              high = greatest(i.high, :sequence)
            where :sequence > i.high or :sequence = any(i.missing)
            returning case
              when :sequence < high then 'LATE'
              when (:sequence - 1) = any(missing) then 'AFTER_GAP'
              else 'NEXT' end
            """)
        .param("consumer", consumer)
        .param("source", at.source())
        .param("aggregate", at.aggregate())
        .param("id", at.aggregateId())
        .param("sequence", at.sequence())
        .param("deepest", DEEPEST_HOLE)
        .query(String.class)
        .optional()
        .map(Arrival::valueOf)
        .orElse(Arrival.DUPLICATE);
  }
}
