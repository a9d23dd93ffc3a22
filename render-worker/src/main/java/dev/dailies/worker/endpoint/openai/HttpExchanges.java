package dev.dailies.worker.endpoint.openai;

import dev.dailies.worker.endpoint.EndpointDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange with a server: no redirect is followed, nothing is repeated, nothing is awaited for
 * longer than told, no body is read beyond a limit.
 */
final class HttpExchanges implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpExchanges.class);
  static final int MOST_JSON_BYTES = 4 * 1024 * 1024;

  static {
    // Less than any server's own idle limit: a create on a connection that the server is just
    // closing would end as unknown, and be reconciled for half a minute.
    if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
      System.setProperty("jdk.httpclient.keepalive.timeout", "4");
    }
  }

  private final EndpointDefinition definition;
  private final URI origin;
  private final HttpClient client;

  HttpExchanges(EndpointDefinition definition) {
    this.definition = definition;
    this.origin = originOf(definition.address());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(definition.timeouts().connect())
            .build();
  }

  /** Scheme, host and port of the endpoint. */
  URI origin() {
    return origin;
  }

  HttpRequest.Builder request(URI at, String pathAndQuery) {
    return request(at.resolve(pathAndQuery));
  }

  Answer exchange(HttpRequest request, Duration atMost) throws IOException {
    HttpResponse<byte[]> response =
        await(
            client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_JSON_BYTES)),
            atMost);
    return Answer.of(response.statusCode(), firstOf(response.headers()), response.body());
  }

  /** The answer as soon as its headers are there. */
  HttpResponse<InputStream> open(HttpRequest request, Duration atMost) throws IOException {
    return await(client.sendAsync(request, BodyHandlers.ofInputStream()), atMost);
  }

  static Map<String, String> firstOf(HttpHeaders headers) {
    Map<String, String> first = new HashMap<>();
    headers
        .map()
        .forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return first;
  }

  /** The client's own timeout ends with the headers; a body may hang as well. */
  private static <T> T await(CompletableFuture<T> exchange, Duration atMost) throws IOException {
    try {
      return exchange.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new java.net.http.HttpTimeoutException("no answer within " + atMost);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** Credentials go along only on the endpoint's own origin. */
  HttpRequest.Builder request(URI address) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address);
    if (originOf(address).equals(origin)) {
      definition
          .credential()
          .ifPresent(key -> builder.header("authorization", "Bearer " + key.read()));
    }
    return builder;
  }

  static URI originOf(URI address) {
    return URI.create(address.getScheme() + "://" + address.getRawAuthority());
  }

  /** A code for what went wrong on the way, without the text of any library. */
  static String nameOf(Exception e) {
    log.debug("An exchange failed", e);
    return switch (e) {
      case java.net.http.HttpConnectTimeoutException timeout -> "connect_timeout";
      case java.net.http.HttpTimeoutException timeout -> "timeout";
      case java.net.ConnectException refused -> "connection_refused";
      case InterruptedIOException stopped -> "stopped";
      case IOException broken -> "connection_broken";
      default -> "fault";
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
