package dev.dailies.local;

import dev.dailies.contracts.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The one origin in front of all services: sends each path to the service that {@link Routes} names
 * and adds nothing of its own but a landing page. Bodies stream both ways without being held;
 * ranges, event streams and uploads of any size pass through. Bound to the loopback address only.
 */
final class HttpRouter implements AutoCloseable {
  private static final int MAX_THREADS = 64;

  /** A segment of one dot or two, encoded or not, with parameters or not. */
  private static final Pattern CLIMBING =
      Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:;[^/]*)?(?:/|$)");

  private static final Pattern HALF_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private final Server server;
  private final ServerConnector connector;

  /**
   * Binds the port and starts to answer; paths of a service that is not there are refused with 502.
   *
   * @param port the port, or 0 for any free one
   * @param origins where a service is to be found just now
   * @throws LaunchFailure if the port is taken
   */
  HttpRouter(int port, Function<Service, URI> origins) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("router");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    // Odd ids are the services' to refuse, each in its own shape.
    http.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(HttpServiceProxy.IDLE.toMillis());
    server.addConnector(connector);
    server.setHandler(new Handler.Sequence(new Landing(), new HttpServiceProxy(origins)));
    server.setErrorHandler(HttpRouter::writeError);
    try {
      server.start();
    } catch (Exception e) {
      stopQuietly();
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new LaunchFailure(
            "port %d of 127.0.0.1 is taken; stop what listens there or choose another with --port"
                .formatted(port));
      }
      throw new IllegalStateException("the router did not start", e);
    }
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    stopQuietly();
  }

  private void stopQuietly() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the router did not stop", e);
    }
  }

  private static boolean writeError(Request request, Response response, Callback callback) {
    String message =
        Optional.ofNullable(request.getAttribute(ErrorHandler.ERROR_MESSAGE))
            .map(Object::toString)
            .orElse("The request was refused.");
    refuse(Refusal.ofStatus(response.getStatus(), message), request, response, callback);
    return true;
  }

  static void refuse(Refusal refusal, Request request, Response response, Callback callback) {
    String path = pathOf(request);
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, refusal.contentType(path));
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, refusal.body(path), callback);
  }

  static String pathOf(Request request) {
    String path = Request.getPathInContext(request);
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** The page at the root, until the console stands there. */
  private static final class Landing extends Handler.Abstract.NonBlocking {
    private final byte[] page = read("landing.html");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = pathOf(request);
      if (path.equals("/")) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
        response.write(true, ByteBuffer.wrap(page), callback);
        return true;
      }
      // A service resolves dots in its own way, and must not find another path than the routes did.
      if (Routes.find(path).isEmpty() || CLIMBING.matcher(request.getHttpURI().getPath()).find()) {
        refuse(
            Refusal.of(ErrorCode.NOT_FOUND, "There is nothing at this path."),
            request,
            response,
            callback);
        return true;
      }
      String query = request.getHttpURI().getQuery();
      if (query != null && HALF_ESCAPE.matcher(query).find()) {
        // The client of the proxy would take it apart, and fail.
        refuse(
            Refusal.of(ErrorCode.INVALID_REQUEST, "The query holds half an escape."),
            request,
            response,
            callback);
        return true;
      }
      return false;
    }

    private static byte[] read(String resource) {
      try (InputStream in = HttpRouter.class.getResourceAsStream(resource)) {
        if (in == null) {
          return resource.getBytes(StandardCharsets.UTF_8);
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
