package dev.dailies.worker.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Statements of a render's holder: taken only under its own token. */
final class JdbcHeld {
  static final String WHERE =
      " where r.render = :render and r.owner = :owner and r.token = :token ";

  private JdbcHeld() {}

  /** A statement that holds {@link #WHERE}, for this holder. */
  static StatementSpec sql(JdbcClient jdbc, String sql, HeldRender render) {
    return jdbc.sql(sql)
        .param("render", render.render().value())
        .param("owner", render.fence().owner().value())
        .param("token", render.fence().token());
  }
}
