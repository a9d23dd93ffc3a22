package dev.dailies.worker.ledger;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.ProviderJob;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads a row of the ledger. */
final class JdbcRenderRows implements RowMapper<HeldRender> {
  /** What a statement on {@code render r} must return to be read here. */
  static final String COLUMNS =
      "r.*, exists (select 1 from slot where slot.render = r.render) as slotted, "
          + "clock_timestamp() as seen_at";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final EventCodec codec;

  JdbcRenderRows(EventCodec codec) {
    this.codec = codec;
  }

  @Override
  public HeldRender mapRow(ResultSet row, int number) throws SQLException {
    return new HeldRender(
        new RenderId(row.getString("render")),
        new GenerationId(row.getString("generation")),
        new WorkspaceId(row.getString("workspace")),
        row.getInt("attempt"),
        RenderState.valueOf(row.getString("state")),
        new Fence(new WorkerId(row.getString("owner")), row.getLong("token")),
        row.getBoolean("slotted"),
        job(row.getBytes("job")),
        Optional.ofNullable(row.getString("trace_parent")),
        Optional.ofNullable(row.getString("endpoint")),
        Optional.ofNullable(row.getString("plan")).map(JdbcRenderRows::plan),
        Optional.ofNullable(row.getString("origin")).map(URI::create),
        provider(row.getString("vendor_id"), row.getString("origin")),
        time(row, "quiet_from"),
        row.getInt("percent"),
        time(row, "finished_at").isPresent() ? Optional.of(result(row)) : Optional.empty(),
        new HeldRender.Times(
            time(row, "claimed_at").orElse(Instant.EPOCH),
            time(row, "submitting_at"),
            time(row, "accepted_at"),
            time(row, "finished_at")),
        row.getObject("cancel_requested_at") != null,
        time(row, "seen_at").orElseThrow());
  }

  private RenderJob job(byte[] bytes) {
    return switch (codec.decode(bytes)) {
      case Decoded.Known known when known.value() instanceof RenderJob job -> job;
      case Decoded.Known other -> throw new IllegalStateException("the ledger holds no job");
      case Decoded.UnknownType type -> throw new IllegalStateException("the ledger holds no job");
      case Decoded.UnknownSchema schema ->
          throw new IllegalStateException("a job of a newer build, whose schema is not told yet");
      case Decoded.Malformed broken -> throw new IllegalStateException(broken.why());
    };
  }

  private static Optional<ProviderJob> provider(@Nullable String id, @Nullable String origin) {
    return id == null || origin == null
        ? Optional.empty()
        : Optional.of(new ProviderJob(id, URI.create(origin)));
  }

  private static HeldRender.Result result(ResultSet row) throws SQLException {
    String currency = row.getString("cost_currency");
    long seed = row.getLong("seed_used");
    OptionalLong seedUsed = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(seed);
    return new HeldRender.Result(
        currency == null
            ? Optional.empty()
            : Optional.of(new Charge(row.getBigDecimal("cost_amount"), currency)),
        row.getBoolean("cost_reported"),
        seedUsed,
        Optional.ofNullable(row.getString("model_version")));
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static String text(SubmittedPlan plan) {
    return JSON.writeValueAsString(plan);
  }

  private static SubmittedPlan plan(String text) {
    return JSON.readValue(text, SubmittedPlan.class);
  }
}
