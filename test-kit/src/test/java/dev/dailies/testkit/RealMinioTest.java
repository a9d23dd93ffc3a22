package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class RealMinioTest {

  @Test
  void aRealMinioAnswersAndComesBackAfterAKill() throws Exception {
    assumeThat(RealMinio.whyNot()).isEmpty();
    RealMinio minio = RealMinio.find().orElseThrow();
    HttpResponse<String> stranger = ask(minio);
    assertThat(stranger.statusCode()).isEqualTo(403);
    assertThat(stranger.headers().firstValue("Server")).hasValue("MinIO");
    minio.kill();
    assertThatThrownBy(() -> ask(minio)).isInstanceOf(ConnectException.class);
    minio.start();
    assertThat(ask(minio).statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> ask(RealMinio minio)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(minio.endpoint()).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
