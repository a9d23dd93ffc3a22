package dev.dailies.local;

import dev.dailies.contracts.ErrorCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes a request on to the service of its path, and the answer back, chunk by chunk.
 *
 * <p>When the service cannot be reached, nothing was accepted and a repeat is welcome. When it went
 * away in the middle of a request that changes something, nobody knows: the client is told not to
 * repeat by itself, unless the request says of itself by what a repeat is known.
 */
final class HttpServiceProxy extends ProxyHandler.Reverse {
  /** How long both sides may be silent within one request; event streams send a comment sooner. */
  static final Duration IDLE = Duration.ofMinutes(5);

  /** Shorter than the services keep an idle connection, so that they are not the first to close. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int BUFFER_BYTES = 16 * 1024;

  /** Each stream of events holds one, so many more than are ever busy. */
  private static final int CONNECTIONS_PER_SERVICE = 4096;

  private static final int QUEUE_PER_SERVICE = 4096;
  private static final String EVENT_STREAM = "text/event-stream";
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  /** By either of these a service knows a request again that is sent twice. */
  private static final List<String> KNOWN_AGAIN_BY =
      List.of("Idempotency-Key", "X-Stainless-Retry-Count");

  /** Where it does. */
  private static final Pattern MAKES_VIDEOS =
      Pattern.compile("/v1/videos(/.*)?|/api/generations(:batch)?");

  private static final Pattern EVENTS = Pattern.compile("/api/(generations/[^/]+/)?events");

  /** Nobody took the connection, or none was to be had. */
  private static final List<Class<? extends Throwable>> NEVER_ARRIVED =
      List.of(
          ConnectException.class, SocketTimeoutException.class, RejectedExecutionException.class);

  private static final Set<String> ORIGIN_CLAIMS =
      Set.of(
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-prefix",
          "x-forwarded-proto");

  HttpServiceProxy(Function<Service, URI> origins) {
    super(request -> target(request, origins));
    setViaHost("dailies");
    setUseServerThreadPool(true);
  }

  private static HttpURI target(Request request, Function<Service, URI> origins) {
    Service service =
        Routes.find(HttpRouter.pathOf(request))
            .orElseThrow(() -> new IllegalStateException("no route: the landing page refuses it"));
    URI origin = origins.apply(service);
    return HttpURI.build(request.getHttpURI())
        .scheme(origin.getScheme())
        .host(origin.getHost())
        .port(origin.getPort());
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setConnectTimeout(CONNECT.toMillis());
    client.setIdleTimeout(KEEP_ALIVE.toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS_PER_SERVICE);
    client.setMaxRequestsQueuedPerDestination(QUEUE_PER_SERVICE);
    client.setRequestBufferSize(BUFFER_BYTES);
    client.setUserAgentField(null);
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(Request request, HttpURI uri) {
    // The path as it came: a URI object would refuse some that the services answer in their shape.
    return getHttpClient()
        .newRequest(uri.getHost(), uri.getPort())
        .scheme(uri.getScheme())
        .path(uri.getPathQuery())
        .method(request.getMethod())
        .idleTimeout(IDLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request onward) {
    // Nobody stands in front of this router, so what a client says of its origin is not to be kept.
    onward.headers(headers -> ORIGIN_CLAIMS.forEach(headers::remove));
    super.addProxyHeaders(request, onward);
  }

  private static boolean repeatable(Request request) {
    return REPEATABLE.contains(request.getMethod())
        || (MAKES_VIDEOS.matcher(HttpRouter.pathOf(request)).matches()
            && KNOWN_AGAIN_BY.stream().anyMatch(request.getHeaders()::contains));
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request onward,
      org.eclipse.jetty.client.Response answer,
      Response response,
      Callback callback,
      Throwable failure) {
    if (response.isCommitted()) {
      callback.failed(failure);
      return;
    }
    response.reset();
    if (failure instanceof HttpException odd && odd.getCode() < 500) {
      // Its own body could not be read: chunks that are none, a trailer without an end.
      HttpRouter.refuse(
          Refusal.ofStatus(odd.getCode(), "The request can't be read as HTTP."),
          request,
          response,
          callback);
      return;
    }
    String service =
        Routes.find(HttpRouter.pathOf(request)).map(Service::module).orElse("The service");
    boolean untouched = NEVER_ARRIVED.stream().anyMatch(type -> type.isInstance(failure));
    if (isEventStream(request)) {
      tellToResume(response, callback);
      return;
    }
    if (untouched) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    } else if (!repeatable(request)) {
      response.getHeaders().put("x-should-retry", "false");
    }
    String message =
        untouched
            ? service + " can't be reached; nothing was accepted."
            : service + " went away while it answered.";
    HttpRouter.refuse(
        Refusal.of(ErrorCode.UPSTREAM_UNAVAILABLE, message), request, response, callback);
  }

  private static boolean isEventStream(Request request) {
    return request.getMethod().equals("GET")
        && request.getHeaders().contains(HttpHeader.ACCEPT, EVENT_STREAM)
        && EVENTS.matcher(HttpRouter.pathOf(request)).matches();
  }

  /**
   * An empty stream, which the client takes up again where it was. At any other status a browser's
   * EventSource gives up for good, and a service is back within seconds.
   */
  private static void tellToResume(Response response, Callback callback) {
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, EVENT_STREAM);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, "retry: 1000\n\n", callback);
  }
}
