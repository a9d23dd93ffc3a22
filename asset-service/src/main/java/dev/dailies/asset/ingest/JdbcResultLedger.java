package dev.dailies.asset.ingest;

import dev.dailies.asset.AssetSteps;
import dev.dailies.asset.delivery.ViewJudge;
import dev.dailies.asset.ingest.IngestResult.NotNeeded;
import dev.dailies.asset.ingest.IngestResult.Unusable;
import dev.dailies.asset.ingest.IngestResult.Usable;
import dev.dailies.asset.quality.Finding;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.contracts.event.TechnicalFinding;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Results in PostgreSQL; the primary key of {@code generation_result} decides who was first. */
final class JdbcResultLedger implements ResultLedger {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Outbox outbox;
  private final ViewJudge views;
  private final JsonMapper json;

  JdbcResultLedger(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      Outbox outbox,
      ViewJudge views,
      JsonMapper json) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
    this.views = views;
    this.json = json;
  }

  @Override
  public Optional<AssetId> taken(GenerationId generation) {
    return jdbc.sql("select asset from generation_result where generation = ?")
        .param(generation.value())
        .query(String.class)
        .optional()
        .map(AssetId::new);
  }

  @Override
  public Ending settle(Claim claim, IngestResult result) {
    return Objects.requireNonNull(
        transactions.execute(status -> {
          Ending ending =
              switch (result) {
                case Usable usable -> usable(claim, usable);
                case Unusable unusable -> reject(claim, unusable);
                case NotNeeded notNeeded -> surplus(claim, notNeeded.taken());
              };
          AssetSteps.OUTCOME_BEFORE_COMMIT.reach();
          return ending;
        }));
  }

  private Ending usable(Claim claim, Usable usable) {
    IngestOrder order = claim.order();
    // The lease first: a worker that lost it must not take the generation either.
    if (!end(claim, Ending.READY)) {
      return Ending.LOST;
    }
    keep(order, usable);
    jdbc.sql(
            "insert into generation_result (generation, asset) values (?, ?) on conflict do nothing")
        .params(order.generation().value(), order.asset().value())
        .update();
    AssetId taken = taken(order.generation()).orElseThrow();
    if (!taken.equals(order.asset())) {
      return supersede(order, taken);
    }
    outbox.publish(
        origin(order),
        envelope ->
            AssetReady.newBuilder()
                .setEnvelope(envelope)
                .setAsset(order.asset().value())
                .setGeneration(order.generation().value())
                .setRender(order.render().value())
                .setShot(order.shot().value())
                .setObjects(usable.objects())
                .setMedia(usable.media())
                .setFindings(technical(usable.findings()))
                .build());
    views.becomeReady(
        order.asset(), order.workspace(), order.generation(), deliverySize(usable.objects()));
    return Ending.READY;
  }

  private Ending reject(Claim claim, Unusable unusable) {
    IngestOrder order = claim.order();
    if (!end(claim, Ending.REJECTED)) {
      return Ending.LOST;
    }
    jdbc.sql("update asset set findings = :findings::jsonb where asset = :asset")
        .param("findings", findings(unusable.findings()))
        .param("asset", order.asset().value())
        .update();
    outbox.publish(
        origin(order),
        envelope ->
            AssetRejected.newBuilder()
                .setEnvelope(envelope)
                .setAsset(order.asset().value())
                .setGeneration(order.generation().value())
                .setRender(order.render().value())
                .setFindings(technical(unusable.findings()))
                .setRetryCouldHelp(Finding.retryCouldHelp(unusable.findings()))
                .build());
    return Ending.REJECTED;
  }

  private Ending surplus(Claim claim, AssetId taken) {
    return end(claim, Ending.SURPLUS) ? supersede(claim.order(), taken) : Ending.LOST;
  }

  private Ending supersede(IngestOrder order, AssetId taken) {
    jdbc.sql("update asset set state = 'SURPLUS', taken = ? where asset = ?")
        .params(taken.value(), order.asset().value())
        .update();
    outbox.publish(
        origin(order),
        envelope ->
            AssetSurplus.newBuilder()
                .setEnvelope(envelope)
                .setAsset(order.asset().value())
                .setGeneration(order.generation().value())
                .setRender(order.render().value())
                .setTaken(taken.value())
                .build());
    return Ending.SURPLUS;
  }

  private boolean end(Claim claim, Ending ending) {
    return jdbc.sql(
                """
                update asset set state = :state, ended_at = clock_timestamp(), token = null,
                  leased_until = null
                where asset = :asset and token = :token and state = 'WAITING'
                """)
            .param("state", ending.name())
            .param("asset", claim.order().asset().value())
            .param("token", claim.token())
            .update()
        == 1;
  }

  private void keep(IngestOrder order, Usable usable) {
    jdbc.sql(
            """
            update asset set media = :media::jsonb, findings = :findings::jsonb,
              sprite = :sprite::jsonb
            where asset = :asset
            """)
        .param("media", json.writeValueAsString(media(usable)))
        .param("findings", findings(usable.findings()))
        .param("sprite", json.writeValueAsString(usable.sheet()))
        .param("asset", order.asset().value())
        .update();
    for (AssetObject object : usable.objects()) {
      StoredObject stored = object.getObject();
      jdbc.sql(
              """
              insert into asset_object (asset, variant, content_type, store, region, bucket, key,
                version, size, sha256)
              values (:asset, :variant, :type, :store, :region, :bucket, :key, :version, :size,
                :sha256)
              """)
          .param("asset", order.asset().value())
          .param("variant", object.getVariant().name())
          .param("type", object.getContentType())
          .param("store", stored.getStore())
          .param("region", stored.getRegion())
          .param("bucket", stored.getBucket())
          .param("key", stored.getKey())
          .param("version", stored.getVersion().orElse(null))
          .param("size", stored.getSize())
          .param("sha256", stored.getSha256())
          .update();
    }
  }

  private static Map<String, Object> media(Usable usable) {
    var media = usable.media();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("container", media.getContainer());
    facts.put("video_codec", media.getVideoCodec());
    facts.put("audio_codec", media.getAudioCodec());
    facts.put("width", media.getWidth());
    facts.put("height", media.getHeight());
    facts.put("length_millis", media.getLengthMillis());
    facts.put("frames", media.getFrames());
    facts.put("frame_rate", media.getFrameRate());
    return facts;
  }

  private String findings(List<Finding> findings) {
    return json.writeValueAsString(
        findings.stream()
            .map(f -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("code", f.code().code());
              fields.put("fatal", f.code().fatal());
              f.measured().ifPresent(m -> fields.put("measured", m));
              f.expected().ifPresent(e -> fields.put("expected", e));
              return fields;
            })
            .toList());
  }

  private static List<TechnicalFinding> technical(List<Finding> findings) {
    return findings.stream()
        .map(f ->
            TechnicalFinding.newBuilder()
                .setCode(f.code().code())
                .setFatal(f.code().fatal())
                .setMeasured(f.measured().orElse(null))
                .setExpected(f.expected().orElse(null))
                .build())
        .toList();
  }

  private static long deliverySize(List<AssetObject> objects) {
    return objects.stream()
        .filter(o -> o.getVariant() == AssetVariant.DELIVERY)
        .mapToLong(o -> o.getObject().getSize())
        .findFirst()
        .orElseThrow();
  }

  private static EventOrigin origin(IngestOrder order) {
    return EventOrigin.of("asset", order.asset().value(), order.workspace().value())
        .keyedBy(order.generation().value());
  }
}
