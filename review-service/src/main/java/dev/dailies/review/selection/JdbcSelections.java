package dev.dailies.review.selection;

import dev.dailies.contracts.event.SelectionDecided;
import dev.dailies.contracts.event.SelectionState;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.review.Rule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Selections in PostgreSQL; the row of the shot is the lock under which its choice changes. */
final class JdbcSelections implements Selections {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Outbox outbox;
  private final JsonMapper json;

  JdbcSelections(
      JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox, JsonMapper json) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
    this.json = json;
  }

  private record ShotRow(long version, long decisions, boolean archived) {
    long seen() {
      return version + decisions;
    }
  }

  private record AssetRow(String generation, Case facts) {}

  @Override
  public Result decide(Choice choice, List<Rule<Case>> rules) {
    return Objects.requireNonNull(transactions.execute(status -> decideUnderLock(choice, rules)));
  }

  private Result decideUnderLock(Choice choice, List<Rule<Case>> rules) {
    Optional<ShotRow> shot = lockShot(choice);
    Optional<AssetRow> asset = shot.flatMap(row -> findAsset(choice, row));
    if (shot.isEmpty() || asset.isEmpty()) {
      return new Result.Unknown();
    }
    if (shot.get().seen() != choice.shotVersion()) {
      return new Result.Changed(shot.get().seen());
    }
    Optional<Rule<Case>> against = Rule.firstAgainst(rules, asset.get().facts());
    if (against.isPresent()) {
      return new Result.Refused(against.get());
    }
    if (choice.wanted() == Wanted.SELECTED) {
      openSelected(choice, shot.get().version());
    }
    write(
        choice,
        shot.get().version(),
        choice.asset(),
        asset.get().generation(),
        choice.wanted().name(),
        choice.reasons());
    jdbc.sql("update shot set decisions = decisions + 1 where shot = :shot")
        .param("shot", choice.shot())
        .update();
    return new Result.Decided(shot.get().seen() + 1);
  }

  private Optional<ShotRow> lockShot(Choice choice) {
    return jdbc.sql(
            """
            select version, decisions, archived from shot
            where shot = :shot and workspace = :workspace for update
            """)
        .param("shot", choice.shot())
        .param("workspace", choice.workspace())
        .query(ShotRow.class)
        .optional();
  }

  /** Locked for sharing, so that an asset can't be withheld between the look and the decision. */
  private Optional<AssetRow> findAsset(Choice choice, ShotRow shot) {
    return jdbc.sql(
            """
            select a.generation, a.technical, a.viewable,
                   coalesce(a.shot, (select t.shot from take t where t.generation = a.generation))
                     = :shot as of_shot,
                   (select c.state from selection c
                     where c.shot = :shot and c.asset = a.asset and c.state <> 'OPEN') as state
            from asset a where a.asset = :asset and a.workspace = :workspace
            for share of a
            """)
        .param("shot", choice.shot())
        .param("asset", choice.asset())
        .param("workspace", choice.workspace())
        .query((row, n) ->
            new AssetRow(
                row.getString("generation"),
                new Case(
                    choice.wanted(),
                    shot.archived(),
                    row.getBoolean("of_shot"),
                    row.getString("technical").equals("READY"),
                    row.getBoolean("viewable"),
                    Optional.ofNullable(row.getString("state")).map(Wanted::valueOf))))
        .optional();
  }

  /** Whoever follows the events need not know that a shot has one selected asset at most. */
  private void openSelected(Choice choice, long version) {
    record Chosen(String asset, String generation) {}
    jdbc.sql("select asset, generation from selection where shot = :shot and state = 'SELECTED'")
        .param("shot", choice.shot())
        .query(Chosen.class)
        .list()
        .forEach(chosen ->
            write(choice, version, chosen.asset(), chosen.generation(), "OPEN", List.of()));
  }

  private void write(
      Choice choice,
      long version,
      String asset,
      String generation,
      String state,
      List<String> reasons) {
    jdbc.sql(
            """
            insert into selection (shot, asset, workspace, generation, state, reasons,
                                   shot_version, decided_by, decided_at)
            values (:shot, :asset, :workspace, :generation, :state, cast(:reasons as jsonb),
                    :version, :by, now())
            on conflict (shot, asset) do update set
              state = excluded.state, reasons = excluded.reasons,
              shot_version = excluded.shot_version, decided_by = excluded.decided_by,
              decided_at = excluded.decided_at
            """)
        .param("shot", choice.shot())
        .param("asset", asset)
        .param("workspace", choice.workspace())
        .param("generation", generation)
        .param("state", state)
        .param("reasons", json.writeValueAsString(reasons))
        .param("version", version)
        .param("by", choice.actor().getSubject())
        .update();
    outbox.publish(
        EventOrigin.of("shot", choice.shot(), choice.workspace()).by(choice.actor()),
        envelope ->
            SelectionDecided.newBuilder()
                .setEnvelope(envelope)
                .setShot(choice.shot())
                .setShotVersion(version)
                .setAsset(asset)
                .setGeneration(generation)
                .setState(SelectionState.valueOf(state))
                .setReasons(reasons)
                .build());
  }
}
