package dev.dailies.prompt.access;

import dev.dailies.contracts.MemberId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Members in PostgreSQL. */
final class JdbcMemberStore implements MemberStore {
  private final JdbcClient jdbc;

  JdbcMemberStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Member> find(WorkspaceId workspace, MemberId id) {
    return jdbc.sql("select * from member where workspace = :workspace and id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> member(row))
        .optional();
  }

  @Override
  public Optional<Member> findSame(Member person) {
    return jdbc.sql(
            """
            select * from member where workspace = :workspace
              and identities && cast(:identities as text[])
            order by id limit 1
            """)
        .param("workspace", person.workspace().value())
        .param("identities", JdbcRows.array(person.identities()))
        .query((row, number) -> member(row))
        .optional();
  }

  @Override
  public List<Member> list(WorkspaceId workspace, Optional<String> after, int limit) {
    return jdbc.sql(
            """
            select * from member where workspace = :workspace and id > :after
            order by id limit :limit
            """)
        .param("workspace", workspace.value())
        .param("after", after.orElse(""))
        .param("limit", limit)
        .query((row, number) -> member(row))
        .list();
  }

  @Override
  public int count(WorkspaceId workspace) {
    return jdbc.sql("select count(*) from member where workspace = :workspace")
        .param("workspace", workspace.value())
        .query(Integer.class)
        .single();
  }

  @Override
  public void add(Member member) {
    jdbc.sql(
            """
            insert into member (id, version, workspace, issuer, subject, email, name, identities,
              roles, active, created_at, created_by)
            values (:id, :version, :workspace, :issuer, :subject, :email, :name, :identities,
              :roles, :active, :created, :by)
            """)
        .param("id", member.id().value())
        .param("version", member.version())
        .param("workspace", member.workspace().value())
        .param("issuer", member.issuer())
        .param("subject", member.subject().orElse(null), Types.VARCHAR)
        .param("email", member.email().orElse(null), Types.VARCHAR)
        .param("name", member.name().orElse(null), Types.VARCHAR)
        .param("identities", JdbcRows.array(member.identities()))
        .param("roles", JdbcRows.array(ApiKey.names(member.roles())))
        .param("active", member.active())
        .param("created", member.createdAt().atOffset(ZoneOffset.UTC))
        .param("by", member.createdBy())
        .update();
  }

  @Override
  public void replace(Member member) {
    jdbc.sql(
            """
            update member set version = :version, name = :name, roles = :roles, active = :active
            where id = :id
            """)
        .param("id", member.id().value())
        .param("version", member.version())
        .param("name", member.name().orElse(null), Types.VARCHAR)
        .param("roles", JdbcRows.array(ApiKey.names(member.roles())))
        .param("active", member.active())
        .update();
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        new MemberId(row.getString("id")),
        row.getLong("version"),
        new WorkspaceId(row.getString("workspace")),
        row.getString("issuer"),
        JdbcRows.text(row, "subject"),
        JdbcRows.text(row, "email"),
        JdbcRows.text(row, "name"),
        Role.ofWire(JdbcRows.texts(row, "roles")),
        row.getBoolean("active"),
        JdbcRows.time(row, "created_at").orElseThrow(),
        row.getString("created_by"));
  }
}
