package dev.dailies.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @Test
  void committedRowsSurviveACrashAndAnOrderlyRestart(@TempDir Path data) throws SQLException {
    try (PostgresServer server = PostgresServer.on(data).start()) {
      server.createDatabase("prompt");
      server.createDatabase("prompt");
      update(server, "create table note (text text)");
      update(server, "insert into note values ('before the crash')");
      int port = server.port();

      server.kill();
      assertThatThrownBy(() -> update(server, "select 1")).isInstanceOf(SQLException.class);
      server.start();
      assertThat(server.port()).isEqualTo(port);
      assertThat(read(server)).isEqualTo("before the crash");

      server.stop();
      assertThat(server.isRunning()).isFalse();
    }
    try (PostgresServer again = PostgresServer.on(data).start()) {
      assertThat(read(again)).isEqualTo("before the crash");
    }
  }

  @Test
  void rootMayFindAnotherWayAtTheNextRun(@TempDir Path data) throws SQLException {
    assumeThat(Programs.runsAsRoot()).as("ways of root").isTrue();
    for (Unprivileged way :
        List.of(Unprivileged.OTHER_USER, Unprivileged.NAMESPACE, Unprivileged.OTHER_USER)) {
      assumeThat(Programs.works(way.command(List.of("true")))).as("%s", way).isTrue();
      try (PostgresServer server = PostgresServer.on(data).as(way).start()) {
        server.createDatabase("prompt");
        update(server, "create table if not exists note (text text)");
      }
    }
  }

  @Test
  void aWrongPasswordIsRefused(@TempDir Path data) {
    try (PostgresServer server = PostgresServer.on(data).password("right").start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "wrong"))
          .hasMessageContaining("password");
    }
  }

  private static void update(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String read(PostgresServer server) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select text from note")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(PostgresServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("prompt"), server.user(), server.password());
  }
}
