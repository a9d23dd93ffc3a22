package dev.dailies.review.moderation;

import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ModerationSignal;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.review.board.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Decisions in PostgreSQL; each leaves as an event in the same transaction. */
final class JdbcDecisionLog implements DecisionLog {
  private static final String POLICY = "review-service";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Outbox outbox;
  private final JsonMapper json;

  JdbcDecisionLog(
      JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox, JsonMapper json) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
    this.json = json;
  }

  @Override
  public Optional<Long> append(Draft draft, long expected) {
    return transactions.execute(status -> {
      lockTask(draft.asset());
      if (!advance(draft, expected)) {
        return Optional.<Long>empty();
      }
      long decision = expected + 1;
      record(draft, decision, publish(draft, decision));
      return Optional.of(decision);
    });
  }

  /**
   * Task before decision, in every transaction: the order that keeps two from blocking each other.
   */
  private void lockTask(String asset) {
    jdbc.sql("select asset from moderation_task where asset = :asset for update")
        .param("asset", asset)
        .query(String.class)
        .optional();
  }

  private boolean advance(Draft draft, long expected) {
    String statement =
        expected == 0
            ? """
            insert into moderation (asset, workspace, generation, decision, outcome, by_person,
                                    policy_version, decided_at)
            values (:asset, :workspace, :generation, 1, :outcome, :byPerson, :policy, now())
            on conflict do nothing
            """
            : """
            update moderation set decision = decision + 1, outcome = :outcome,
              by_person = :byPerson, policy_version = :policy, decided_at = now()
            where asset = :asset and workspace = :workspace and decision = :expected
            """;
    return jdbc.sql(statement)
            .param("asset", draft.asset())
            .param("workspace", draft.workspace())
            .param("generation", draft.generation())
            .param("outcome", draft.verdict().outcome().name())
            .param("byPerson", draft.actor().isPresent())
            .param("policy", draft.verdict().policyVersion())
            .param("expected", expected)
            .update()
        == 1;
  }

  private String publish(Draft draft, long decision) {
    EventOrigin origin =
        EventOrigin.of("asset", draft.asset(), draft.workspace())
            .keyedBy(draft.generation())
            .under(draft.verdict().policyVersion());
    if (draft.actor().isPresent()) {
      origin = origin.by(draft.actor().get());
    }
    if (draft.cause().isPresent()) {
      origin = origin.causedBy(draft.cause().get());
    }
    return outbox.publish(
        origin,
        envelope ->
            ModerationDecided.newBuilder()
                .setEnvelope(envelope)
                .setAsset(draft.asset())
                .setGeneration(draft.generation())
                .setDecision(decision)
                .setOutcome(draft.verdict().outcome().onWire())
                .setSignals(
                    draft.verdict().signals().stream().map(JdbcDecisionLog::onWire).toList())
                .setReasons(draft.reasons())
                .build());
  }

  private static ModerationSignal onWire(Signal signal) {
    return ModerationSignal.newBuilder()
        .setProvider(signal.provider())
        .setCategory(signal.category())
        .setMedium(signal.medium().code())
        .setScore(signal.score().orElse(null))
        .build();
  }

  private void record(Draft draft, long decision, String eventId) {
    Actor actor = draft.actor().orElseGet(() -> new Actor(ActorKind.COMPONENT, POLICY));
    jdbc.sql(
            """
            insert into moderation_decision (asset, decision, outcome, signals, reasons,
              actor_kind, actor, policy_version, event_id, decided_at)
            values (:asset, :decision, :outcome, cast(:signals as jsonb), cast(:reasons as jsonb),
              :kind, :actor, :policy, :event, now())
            """)
        .param("asset", draft.asset())
        .param("decision", decision)
        .param("outcome", draft.verdict().outcome().name())
        .param("signals", json.writeValueAsString(draft.verdict().signals()))
        .param("reasons", json.writeValueAsString(draft.reasons()))
        .param("kind", actor.getKind().name())
        .param("actor", actor.getSubject())
        .param("policy", draft.verdict().policyVersion())
        .param("event", eventId)
        .update();
    jdbc.sql("update moderation_task set state = 'DONE' where asset = :asset and state = 'OPEN'")
        .param("asset", draft.asset())
        .update();
  }

  @Override
  public Optional<Decision> findNewest(String asset) {
    return jdbc.sql(
            """
            select d.* from moderation m
            join moderation_decision d on d.asset = m.asset and d.decision = m.decision
            where m.asset = :asset
            """)
        .param("asset", asset)
        .query(this::decision)
        .optional();
  }

  @Override
  public List<Decision> history(String asset) {
    return jdbc.sql("select * from moderation_decision where asset = :asset order by decision desc")
        .param("asset", asset)
        .query(this::decision)
        .list();
  }

  private Decision decision(ResultSet row, int number) throws SQLException {
    return new Decision(
        row.getLong("decision"),
        Outcome.valueOf(row.getString("outcome")),
        signals(row),
        json.readValue(row.getString("reasons"), new TypeReference<>() {}),
        !row.getString("actor_kind").equals(ActorKind.COMPONENT.name()),
        row.getString("actor"),
        row.getString("policy_version"),
        row.getTimestamp("decided_at").toInstant());
  }

  private List<Signal> signals(ResultSet row) throws SQLException {
    return json.readValue(row.getString("signals"), new TypeReference<>() {});
  }

  @Override
  public Page<Held> held(String workspace, Optional<HeldCursor> after, int most) {
    List<Held> found =
        jdbc.sql(
                """
                select m.*, a.shot, d.signals
                from moderation m
                join asset a on a.asset = m.asset
                join moderation_decision d on d.asset = m.asset and d.decision = m.decision
                where m.workspace = :workspace and m.outcome = 'HOLD'
                  and (:first or (m.decided_at, m.asset) > (cast(:at as timestamptz), :asset))
                order by m.decided_at, m.asset
                limit :limit
                """)
            .param("workspace", workspace)
            .param("first", after.isEmpty())
            .param("at", after.map(cursor -> cursor.heldAt().toString()).orElse(null))
            .param("asset", after.map(HeldCursor::asset).orElse(null))
            .param("limit", most + 1)
            .query((row, n) ->
                new Held(
                    row.getString("asset"),
                    row.getString("generation"),
                    Optional.ofNullable(row.getString("shot")),
                    row.getLong("decision"),
                    signals(row),
                    row.getString("policy_version"),
                    row.getTimestamp("decided_at").toInstant()))
            .list();
    boolean more = found.size() > most;
    List<Held> page = more ? found.subList(0, most) : found;
    return new Page<>(
        page,
        more
            ? Optional.of(new HeldCursor(page.getLast().heldAt(), page.getLast().asset()).text())
            : Optional.empty());
  }
}
