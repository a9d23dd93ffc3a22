package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.RenderId;
import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.FeedKind;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts and holds in PostgreSQL. */
final class JdbcLedger implements Ledger {
  private final JdbcClient jdbc;
  private final Feed feed;

  JdbcLedger(JdbcClient jdbc, Feed feed) {
    this.jdbc = jdbc;
    this.feed = feed;
  }

  @Override
  public int underWay(Pool pool) {
    return jdbc.sql(
            """
            select count(*) from render
            where pool = :pool and state in ('QUEUED', 'CLAIMED', 'SUBMITTED')
            """)
        .param("pool", pool.value())
        .query(Integer.class)
        .single();
  }

  @Override
  public List<Unclaimed> unclaimed(Pool pool, Duration since, int most) {
    return jdbc.sql(
            """
            select id, generation, attempt, endpoint_model, minted_at, handed_out_at from render
            where pool = :pool and state = 'QUEUED'
              and handed_out_at < clock_timestamp() - :millis * interval '1 millisecond'
            order by handed_out_at limit :most
            """)
        .param("pool", pool.value())
        .param("millis", since.toMillis())
        .param("most", most)
        .query((row, number) ->
            new Unclaimed(
                new RenderId(row.getString("id")),
                new GenerationId(row.getString("generation")),
                row.getInt("attempt"),
                row.getString("endpoint_model"),
                row.getObject("minted_at", OffsetDateTime.class).toInstant(),
                row.getObject("handed_out_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  @Override
  public boolean handOutAgain(Unclaimed last) {
    return jdbc.sql(
                """
                update render set handed_out_at = clock_timestamp()
                where id = :id and state = 'QUEUED' and handed_out_at = :last
                """)
            .param("id", last.id().value())
            .param("last", last.handedOutAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Override
  public List<GenerationId> overdue(Pool pool, int most) {
    return jdbc.sql(
            """
            select id from generation
            where pool = :pool and state = 'WAITING' and deadline <= clock_timestamp()
            order by deadline limit :most
            """)
        .param("pool", pool.value())
        .param("most", most)
        .query((row, number) -> new GenerationId(row.getString("id")))
        .list();
  }

  @Override
  public List<GenerationId> lapsing(int most) {
    return jdbc.sql(
            """
            select distinct generation from generation_hold
            where until <= clock_timestamp() limit :most
            """)
        .param("most", most)
        .query((row, number) -> new GenerationId(row.getString("generation")))
        .list();
  }

  /**
   * The generations are locked first: whoever adds a hold does so too, and is seen by the last
   * statement, or comes after it.
   */
  @Override
  public void lapseHolds(List<GenerationId> generations) {
    String[] ids = generations.stream().map(GenerationId::value).toArray(String[]::new);
    jdbc.sql("select id from generation where id = any(:ids) order by id for update")
        .param("ids", ids)
        .query(String.class)
        .list();
    Map<String, List<String>> lifted =
        jdbc
            .sql(
                """
                delete from generation_hold
                where generation = any(:ids) and until <= clock_timestamp()
                returning generation, name
                """)
            .param("ids", ids)
            .query((row, number) -> Map.entry(row.getString("generation"), row.getString("name")))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    jdbc.sql(
            """
            update generation g
            set held = exists (select from generation_hold h where h.generation = g.id)
            where id = any(:ids)
            """)
        .param("ids", ids)
        .update();
    lifted.forEach((generation, names) ->
        feed.tell(
            new GenerationId(generation), FeedKind.GENERATION_HOLD_LIFTED, Map.of("holds", names)));
  }
}
