package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class TestStoreTest {

  @Test
  void theStoreRefusesAStrangerAndCanBeDownForAWhile() throws Exception {
    TestStore store = TestStore.shared();
    assertThat(store.freshBucket()).isNotEqualTo(store.freshBucket());
    assertThat(status(store.endpoint())).isEqualTo(403);
    store.stop();
    assertThatThrownBy(() -> status(store.endpoint())).isInstanceOf(ConnectException.class);
    store.start();
    assertThat(status(store.endpoint())).isEqualTo(403);
  }

  private static int status(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(address.resolve("/")).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
