package dev.dailies.review.board;

import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.contracts.event.Shot;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.TechnicalFinding;
import dev.dailies.review.board.Take.Technical;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Facts in PostgreSQL, by upsert. Called within the transaction that takes in the event. */
final class JdbcFacts implements Facts {
  private final JdbcClient jdbc;
  private final Erasures erasures;
  private final JsonMapper json;

  JdbcFacts(JdbcClient jdbc, Erasures erasures, JsonMapper json) {
    this.jdbc = jdbc;
    this.erasures = erasures;
    this.json = json;
  }

  @Override
  public boolean keep(GenerationSpec spec) {
    SpecificationForm form = spec.getForm();
    if (erasures.erased(spec.getGeneration())) {
      return false;
    }
    meet(form.getShot(), spec.getWorkspace());
    return jdbc.sql(
                """
                insert into take (generation, workspace, version, shot, variation, model, seed,
                                  accepted_at, wording)
                values (:generation, :workspace, :version, :shot, :variation, :model, :seed,
                        :acceptedAt, cast(:wording as jsonb))
                on conflict (generation) do update set
                  version = excluded.version, shot = excluded.shot,
                  variation = excluded.variation, model = excluded.model, seed = excluded.seed,
                  accepted_at = excluded.accepted_at, wording = excluded.wording
                where take.version < excluded.version
                """)
            .param("generation", spec.getGeneration())
            .param("workspace", spec.getWorkspace())
            .param("version", spec.getVersion())
            .param("shot", form.getShot())
            .param("variation", form.getVariation())
            .param("model", form.getModel())
            .param("seed", form.getSeed().orElse(null), Types.BIGINT)
            .param("acceptedAt", Timestamp.from(spec.getAcceptedAt()))
            .param("wording", json.writeValueAsString(Wording.of(spec.getText())))
            .update()
        == 1;
  }

  @Override
  public void keep(Shot shot) {
    jdbc.sql(
            """
            insert into shot (shot, workspace, version, project, brief, brief_row, dimensions,
                              archived)
            values (:shot, :workspace, :version, :project, :brief, :row,
                    cast(:dimensions as jsonb), :archived)
            on conflict (shot) do update set
              version = excluded.version, project = excluded.project, brief = excluded.brief,
              brief_row = excluded.brief_row, dimensions = excluded.dimensions,
              archived = excluded.archived
            where shot.version < excluded.version
            """)
        .param("shot", shot.getShot())
        .param("workspace", shot.getWorkspace())
        .param("version", shot.getVersion())
        .param("project", shot.getProject().orElse(null), Types.VARCHAR)
        .param("brief", shot.getBrief().orElse(null), Types.VARCHAR)
        .param("row", shot.getBriefRow().orElse(null), Types.VARCHAR)
        .param(
            "dimensions",
            json.writeValueAsString(
                shot.getDimensions().stream()
                    .map(d -> new ShotBoard.Dimension(d.getName(), d.getValue()))
                    .toList()))
        .param("archived", shot.getArchived())
        .update();
  }

  @Override
  public boolean keep(AssetReady ready) {
    Envelope envelope = ready.getEnvelope();
    if (erasures.erased(ready.getGeneration())) {
      return false;
    }
    meet(ready.getShot(), envelope.getWorkspace());
    boolean news =
        technical(
            envelope,
            ready.getAsset(),
            ready.getGeneration(),
            ready.getRender(),
            Technical.READY,
            ready.getFindings());
    // Facts are filled in even when a later event of the asset was faster.
    jdbc.sql(
            """
            update asset set shot = :shot, objects = cast(:objects as jsonb),
              media = cast(:media as jsonb), ready_at = :readyAt
            where asset = :asset and (ready_at is null or :news)
            """)
        .param("shot", ready.getShot())
        .param("objects", json.writeValueAsString(forms(ready.getObjects())))
        .param("media", json.writeValueAsString(media(ready.getMedia())))
        .param("readyAt", Timestamp.from(envelope.getOccurredAt()))
        .param("asset", ready.getAsset())
        .param("news", news)
        .update();
    return news;
  }

  @Override
  public void keep(AssetRejected rejected) {
    if (!erasures.erased(rejected.getGeneration())) {
      technical(
          rejected.getEnvelope(),
          rejected.getAsset(),
          rejected.getGeneration(),
          rejected.getRender(),
          Technical.REJECTED,
          rejected.getFindings());
    }
  }

  @Override
  public void keep(AssetSurplus surplus) {
    if (!erasures.erased(surplus.getGeneration())) {
      technical(
          surplus.getEnvelope(),
          surplus.getAsset(),
          surplus.getGeneration(),
          surplus.getRender(),
          Technical.SURPLUS,
          List.of());
    }
  }

  @Override
  public void keep(AssetViewable viewable) {
    view(
        viewable.getEnvelope(),
        viewable.getAsset(),
        viewable.getGeneration(),
        true,
        Optional.empty());
  }

  @Override
  public void keep(AssetWithheld withheld) {
    view(
        withheld.getEnvelope(),
        withheld.getAsset(),
        withheld.getGeneration(),
        false,
        Optional.of(withheld.getReason()));
  }

  private boolean technical(
      Envelope envelope,
      String asset,
      String generation,
      String render,
      Technical verdict,
      List<TechnicalFinding> findings) {
    return jdbc.sql(
                """
                insert into asset (asset, workspace, generation, render, technical,
                                   technical_sequence, findings)
                values (:asset, :workspace, :generation, :render, :technical, :sequence,
                        cast(:findings as jsonb))
                on conflict (asset) do update set
                  render = excluded.render, technical = excluded.technical,
                  technical_sequence = excluded.technical_sequence, findings = excluded.findings
                where asset.technical_sequence < excluded.technical_sequence
                """)
            .param("asset", asset)
            .param("workspace", envelope.getWorkspace())
            .param("generation", generation)
            .param("render", render)
            .param("technical", verdict.name())
            .param("sequence", envelope.getSequence())
            .param(
                "findings",
                json.writeValueAsString(
                    findings.stream()
                        .map(f -> new Take.Finding(f.getCode(), f.getMeasured()))
                        .toList()))
            .update()
        == 1;
  }

  private void view(
      Envelope envelope,
      String asset,
      String generation,
      boolean viewable,
      Optional<String> withheld) {
    if (erasures.erased(generation)) {
      return;
    }
    jdbc.sql(
            """
            insert into asset (asset, workspace, generation, viewable, view_sequence, viewed_at,
                               withheld)
            values (:asset, :workspace, :generation, :viewable, :sequence, :at, :withheld)
            on conflict (asset) do update set
              viewable = excluded.viewable, view_sequence = excluded.view_sequence,
              viewed_at = excluded.viewed_at, withheld = excluded.withheld
            where asset.view_sequence < excluded.view_sequence
            """)
        .param("asset", asset)
        .param("workspace", envelope.getWorkspace())
        .param("generation", generation)
        .param("viewable", viewable)
        .param("sequence", envelope.getSequence())
        .param("at", viewable ? Timestamp.from(envelope.getOccurredAt()) : null, Types.TIMESTAMP)
        .param("withheld", withheld.orElse(null), Types.VARCHAR)
        .update();
  }

  /** A shot may be named before its own state arrives. */
  private void meet(String shot, String workspace) {
    jdbc.sql("insert into shot (shot, workspace) values (:shot, :workspace) on conflict do nothing")
        .param("shot", shot)
        .param("workspace", workspace)
        .update();
  }

  private static List<Take.Form> forms(List<AssetObject> objects) {
    return objects.stream()
        .map(o ->
            new Take.Form(
                o.getVariant().name(),
                o.getContentType(),
                o.getObject().getKey(),
                o.getObject().getSize(),
                o.getObject().getSha256()))
        .toList();
  }

  private static Take.Media media(MediaFacts facts) {
    return new Take.Media(
        facts.getWidth(),
        facts.getHeight(),
        facts.getLengthMillis(),
        facts.getFrames(),
        facts.getFrameRate(),
        facts.getHasAudio());
  }
}
