package dev.dailies.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a service whether it would work now: the readiness group of its health. */
final class HttpReadiness {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private HttpReadiness() {}

  static boolean isReady(URI origin) {
    HttpRequest request =
        HttpRequest.newBuilder(origin.resolve("/actuator/health/readiness"))
            .timeout(PATIENCE)
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the service says is missing, for whoever waits for it in vain. */
  static String explain(URI origin) {
    HttpRequest request =
        HttpRequest.newBuilder(origin.resolve("/actuator/health")).timeout(PATIENCE).build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "it can't be reached: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
