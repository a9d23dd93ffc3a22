package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.prompt.reference.KnownReference;
import dev.dailies.prompt.reference.ReferenceShelf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sources in PostgreSQL; references are asked of their shelf. */
final class JdbcSources implements SourceStore {
  /** One that is held by moderation may yet be cleared. */
  private static final String STANDING =
      """
      case when g.erased_at is not null then 'LOST'
           when g.state in ('FAILED', 'REFUSED', 'CANCELLED') then 'LOST'
           when g.state <> 'COMPLETED' then 'PENDING'
           when a.moderation = 'BLOCK' then 'LOST'
           when a.view = 'VIEWABLE' then 'READY'
           when a.view = 'WITHHELD' and a.moderation is distinct from 'HOLD' then 'LOST'
           else 'PENDING' end
      """;

  private final JdbcClient jdbc;
  private final SpecificationJson json;
  private final ReferenceShelf references;

  JdbcSources(JdbcClient jdbc, SpecificationJson json, ReferenceShelf references) {
    this.jdbc = jdbc;
    this.json = json;
    this.references = references;
  }

  @Override
  public Optional<Parent> parent(WorkspaceId workspace, GenerationId id) {
    return jdbc.sql(
            "select g.id, g.form, g.erased_at is not null as erased, "
                + STANDING
                + """
                as standing from generation g left join asset_fact a on a.asset = g.asset
                where g.id = :id and g.workspace = :workspace
                """)
        .param("id", id.value())
        .param("workspace", workspace.value())
        .query((row, number) -> parent(row))
        .optional();
  }

  @Override
  public Optional<Parent> parent(WorkspaceId workspace, AssetId asset) {
    return jdbc.sql(
            "select g.id, g.form, g.erased_at is not null as erased,"
                + " case when g.asset <> :asset then 'LOST' else "
                + STANDING
                + """
                end as standing
                from asset_fact a join generation g on g.id = a.generation
                where a.asset = :asset and g.workspace = :workspace
                """)
        .param("asset", asset.value())
        .param("workspace", workspace.value())
        .query((row, number) -> parent(row))
        .optional();
  }

  private Parent parent(ResultSet row) throws SQLException {
    return new Parent(
        new GenerationId(row.getString("id")),
        json.form(row.getString("form")),
        Standing.valueOf(row.getString("standing")),
        row.getBoolean("erased"));
  }

  /** Two statements: the second sees what was committed while the first waited. */
  @Override
  public Standing hold(Collection<GenerationId> parents) {
    if (parents.isEmpty()) {
      return Standing.READY;
    }
    String[] ids = parents.stream().map(GenerationId::value).distinct().toArray(String[]::new);
    jdbc.sql("select id from generation where id = any(:ids) order by id for share")
        .param("ids", ids)
        .query(String.class)
        .list();
    return worst(
        jdbc.sql(
                "select "
                    + STANDING
                    + """
                    as standing from generation g left join asset_fact a on a.asset = g.asset
                    where g.id = any(:ids)
                    """)
            .param("ids", ids)
            .query((row, number) -> Standing.valueOf(row.getString("standing")))
            .list());
  }

  private static Standing worst(List<Standing> standings) {
    return standings.stream().max(Standing::compareTo).orElse(Standing.READY);
  }

  @Override
  public void insert(GenerationId generation, List<Use> uses) {
    for (int i = 0; i < uses.size(); i++) {
      Specification.SourceUse source = uses.get(i).source();
      jdbc.sql(
              """
              insert into generation_source (generation, position, source, role, picture, parent)
              values (:generation, :position, :source, :role, :picture, :parent)
              """)
          .param("generation", generation.value())
          .param("position", i)
          .param("source", source.id())
          .param("role", source.role().name())
          .param("picture", uses.get(i).picture())
          .param("parent", source.generation().orElse(null))
          .update();
    }
  }

  @Override
  public List<GenerationId> waitingFor(GenerationId parent) {
    return jdbc.sql(
            """
            select distinct s.generation from generation_source s
            join generation g on g.id = s.generation and g.state = 'WAITING'
            join generation_hold h on h.generation = s.generation and h.name = :hold
            where s.parent = :parent order by s.generation
            """)
        .param("parent", parent.value())
        .param("hold", Hold.PARENT)
        .query((row, number) -> new GenerationId(row.getString("generation")))
        .list();
  }

  @Override
  public List<GenerationId> waitingToUse(GenerationId parent) {
    return jdbc.sql(
            """
            select distinct s.generation from generation_source s
            join generation g on g.id = s.generation and g.state = 'WAITING'
            where s.parent = :parent order by s.generation
            """)
        .param("parent", parent.value())
        .query((row, number) -> new GenerationId(row.getString("generation")))
        .list();
  }

  @Override
  public Standing standing(GenerationId generation) {
    return worst(
        jdbc.sql(
                "select "
                    + STANDING
                    + """
                    as standing from generation_source s join generation g on g.id = s.parent
                    left join asset_fact a on a.asset = g.asset
                    where s.generation = :generation
                    """)
            .param("generation", generation.value())
            .query((row, number) -> Standing.valueOf(row.getString("standing")))
            .list());
  }

  private record Needed(
      String source,
      SourceRole role,
      boolean generated,
      Optional<StoredObject> object,
      Optional<String> endpoint,
      Optional<String> vendorId,
      Optional<Long> millis) {}

  @Override
  public Optional<JobInputs> inputs(WorkspaceId workspace, GenerationId generation) {
    List<StoredObject> objects = new ArrayList<>();
    Optional<Needed> main = Optional.empty();
    for (Needed needed : needed(generation)) {
      Optional<StoredObject> object =
          needed.generated() ? needed.object() : stored(workspace, needed.source());
      if (object.isEmpty()) {
        return Optional.empty();
      }
      objects.add(object.get());
      if (main.isEmpty() && needed.role() == SourceRole.SOURCE) {
        main = Optional.of(needed);
      }
    }
    return Optional.of(
        new JobInputs(
            objects,
            main.flatMap(Needed::endpoint),
            main.flatMap(Needed::vendorId),
            main.flatMap(Needed::millis)));
  }

  private Optional<StoredObject> stored(WorkspaceId workspace, String reference) {
    return references
        .find(workspace, new ReferenceId(reference))
        .filter(known -> known.state() == KnownReference.State.READY)
        .flatMap(KnownReference::object);
  }

  private List<Needed> needed(GenerationId generation) {
    return jdbc.sql(
            """
            select s.source, s.role, s.parent, g.form, r.endpoint, r.vendor_id,
              case when g.erased_at is not null then null
                   when s.picture then a.poster else a.master end as object
            from generation_source s
            left join generation g on g.id = s.parent
            left join asset_fact a on a.asset = g.asset
            left join render r on r.id = g.render
            where s.generation = :generation order by s.position
            """)
        .param("generation", generation.value())
        .query((row, number) ->
            new Needed(
                row.getString("source"),
                SourceRole.valueOf(row.getString("role")),
                JdbcColumns.text(row, "parent").isPresent(),
                JdbcColumns.text(row, "object").map(json::object),
                JdbcColumns.text(row, "endpoint"),
                JdbcColumns.text(row, "vendor_id"),
                JdbcColumns.text(row, "form").map(form -> json.form(form).length().toMillis())))
        .list();
  }

  @Override
  public List<Derived> derived(WorkspaceId workspace, GenerationId parent, int most) {
    return jdbc.sql(
            """
            select g.id, coalesce(g.form ->> 'operation', 'GENERATE') as operation, g.state
            from generation g
            where g.workspace = :workspace
              and g.id in (select generation from generation_source where parent = :parent)
            order by g.id desc limit :most
            """)
        .param("workspace", workspace.value())
        .param("parent", parent.value())
        .param("most", most)
        .query((row, number) ->
            new Derived(
                new GenerationId(row.getString("id")),
                row.getString("operation"),
                GenerationState.valueOf(row.getString("state"))))
        .list();
  }
}
