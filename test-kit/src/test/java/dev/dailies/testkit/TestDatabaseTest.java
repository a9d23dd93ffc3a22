package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void databasesAreSeparateAndEachHasItsOwnOutage() throws SQLException {
    TestDatabase one = TestDatabase.fresh("kit-one");
    TestDatabase two = TestDatabase.fresh("kit-one");
    one.execute("create table note (text text)");
    assertThatThrownBy(() -> two.execute("select * from note"))
        .isInstanceOf(IllegalStateException.class);

    try (Connection open = one.connect()) {
      one.refuse();
      assertThat(open.isValid(2)).isFalse();
    }
    assertThatThrownBy(one::connect).isInstanceOf(SQLException.class);
    two.execute("select 1");
    one.allow();
    one.execute("select * from note");
  }

  @Test
  void aKilledServerComesBackWithItsRows() {
    TestDatabase database = TestDatabase.fresh("kill");
    database.execute("create table note (text text)");
    TestDatabase.killServer();
    assertThatThrownBy(() -> database.execute("select 1"))
        .isInstanceOf(IllegalStateException.class);
    TestDatabase.startServer();
    database.execute("select * from note");
  }

  @Test
  void aProxyOnTheWayCanCutAConnection() throws SQLException {
    TestDatabase database = TestDatabase.fresh("proxied");
    try (FaultProxy proxy = FaultProxy.to(database.port());
        Connection connection =
            java.sql.DriverManager.getConnection(
                database.properties(proxy).getOrDefault("spring.datasource.url", ""),
                database.user(),
                database.password())) {
      assertThat(connection.isValid(2)).isTrue();
      proxy.cut();
      assertThat(connection.isValid(2)).isFalse();
    }
  }
}
