package dev.dailies.edge;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server itself refuses, because a path is malformed or holds an encoded slash, reaches
 * neither a controller nor the error page. It gets the same shapes here, instead of a page in HTML.
 */
final class HttpErrorValve extends ErrorReportValve {
  private static final JsonMapper JSON = new JsonMapper();

  /** Puts it in the place of the server's own. */
  static void install(Container context) {
    if (context.getParent() instanceof StandardHost host) {
      host.setErrorReportValveClass(HttpErrorValve.class.getName());
      host.getPipeline().addValve(new HttpErrorValve());
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()
        || !ioAllowed(response)) {
      return;
    }
    ResponseEntity<Map<String, Object>> answer =
        HttpErrorShape.render(request.getRequest(), HttpErrorAdvice.ofStatus(status));
    response.setStatus(answer.getStatusCode().value());
    answer
        .getHeaders()
        .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
    try {
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(JSON.writeValueAsString(answer.getBody()));
        response.finishResponse();
      }
    } catch (IOException e) {
      // The client left before it was told.
      container.getLogger().debug("A refusal was not sent", e);
    }
  }

  private static boolean ioAllowed(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get();
  }
}
