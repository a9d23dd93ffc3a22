package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.prompt.generation.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Entries in PostgreSQL. Positions are given by one process at a time, under the lock of one row
 * and to committed rows only: they become visible in their order, so reading behind a cursor misses
 * nothing. Rows of one generation were written under its lock, the later one after the earlier was
 * committed: whoever sees the later sees both, and {@code order by id} keeps them in order.
 */
final class JdbcFeedLog implements FeedLog {
  private static final int PAGE = 500;

  /** By an array, and so by the index, however wrong the statistics of so restless a table are. */
  private static final String SEQUENCE =
      """
      with taken as (
        delete from feed_pending
        where id = any (array(select id from feed_pending order by id limit :most))
        returning *),
      head as (
        insert into feed_workspace as w (workspace, place)
        select workspace, count(*) from taken group by workspace
        on conflict (workspace) do update set place = w.place + excluded.place
        returning workspace, place)
      insert into feed_entry (position, workspace, place, generation, shot, project, brief, state,
        type, facts, at)
      select :position + row_number() over (order by t.id), t.workspace,
        h.place - count(*) over (partition by t.workspace)
          + row_number() over (partition by t.workspace order by t.id),
        t.generation, t.shot, t.project, t.brief, t.state, t.type, t.facts, t.at
      from taken t join head h on h.workspace = t.workspace
      """;

  private final JdbcClient jdbc;
  private final Transactions transactions;

  JdbcFeedLog(JdbcClient jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public int sequence(int most) {
    if (!truth(jdbc.sql("select exists (select from feed_pending)"))) {
      return 0;
    }
    return transactions.within(() ->
        jdbc.sql("select position from feed_head for update skip locked")
            .query(Long.class)
            .optional()
            .map(position -> sequence(position, most))
            .orElse(0));
  }

  private int sequence(long position, int most) {
    int placed = jdbc.sql(SEQUENCE).param("position", position).param("most", most).update();
    jdbc.sql("update feed_head set position = :position")
        .param("position", position + placed)
        .update();
    return placed;
  }

  @Override
  public long position() {
    return jdbc.sql("select position from feed_head").query(Long.class).single();
  }

  @Override
  public List<FeedEntry> after(long position, int most) {
    return jdbc.sql(
            "select * from feed_entry where position > :position order by position limit :most")
        .param("position", position)
        .param("most", most)
        .query((row, number) -> entry(row))
        .list();
  }

  @Override
  public Reach reach(WorkspaceId workspace) {
    return jdbc.sql(
            """
            select w.place,
              coalesce((select min(e.place) from feed_entry e where e.workspace = w.workspace),
                       w.place + 1) as oldest
            from feed_workspace w where w.workspace = :workspace
            """)
        .param("workspace", workspace.value())
        .query((row, number) -> new Reach(row.getLong("oldest"), row.getLong("place")))
        .optional()
        .orElse(new Reach(1, 0));
  }

  /** One generation's are found by an index; else all are read, so that a page takes one read. */
  @Override
  public Page page(WorkspaceId workspace, FeedFilter filter, long after, long upTo) {
    Optional<GenerationId> generation = filter.generation();
    long end = generation.isPresent() ? upTo : Math.min(upTo, after + PAGE);
    List<FeedEntry> entries =
        jdbc.sql(
                "select * from feed_entry where workspace = :workspace"
                    + " and place > :after and place <= :end"
                    + (generation.isPresent() ? " and generation = :generation" : "")
                    + " order by place limit :most")
            .param("workspace", workspace.value())
            .param("after", after)
            .param("end", end)
            .param("generation", generation.map(GenerationId::value).orElse(""))
            .param("most", PAGE)
            .query((row, number) -> entry(row))
            .list();
    return new Page(
        entries.stream().filter(filter::matches).toList(),
        entries.size() == PAGE ? entries.getLast().place() : end);
  }

  @Override
  public boolean knows(WorkspaceId workspace, GenerationId generation) {
    return truth(
        jdbc.sql(
                """
                select exists (select from generation where workspace = :workspace and id = :id)
                """)
            .param("workspace", workspace.value())
            .param("id", generation.value()));
  }

  /** Looks at the oldest only: they are what can be too old, and nothing else is read. */
  @Override
  public int expire(Duration older, int most) {
    return jdbc.sql(
            """
            delete from feed_entry where position = any (array(
              select position from (
                select position, at from feed_entry order by position limit :most) oldest
              where at < clock_timestamp() - :seconds * interval '1 second'))
            """)
        .param("most", most)
        .param("seconds", older.toSeconds())
        .update();
  }

  private static boolean truth(JdbcClient.StatementSpec question) {
    return question.query(Boolean.class).single();
  }

  private static FeedEntry entry(ResultSet row) throws SQLException {
    Optional<String> project = Optional.ofNullable(row.getString("project"));
    Optional<String> brief = Optional.ofNullable(row.getString("brief"));
    GenerationId generation = new GenerationId(row.getString("generation"));
    String shot = row.getString("shot");
    String state = row.getString("state");
    String type = row.getString("type");
    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
    return new FeedEntry(
        row.getLong("position"),
        new WorkspaceId(row.getString("workspace")),
        row.getLong("place"),
        generation,
        shot,
        project,
        brief,
        state,
        type,
        FeedJson.data(generation, shot, project, brief, state, type, at, row.getString("facts")));
  }
}
