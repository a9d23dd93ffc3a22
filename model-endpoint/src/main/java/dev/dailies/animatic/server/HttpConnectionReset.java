package dev.dailies.animatic.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection of a request without (the rest of) an answer, as a server that is killed
 * does. Only the container can do that, so a request is marked, and the valve acts on the mark.
 */
final class HttpConnectionReset extends ValveBase {
  private static final String MARK = HttpConnectionReset.class.getName();

  HttpConnectionReset() {
    super(true);
  }

  /** Marks the request, which is answered no further. */
  static void reset(HttpServletRequest request) {
    request.setAttribute(MARK, true);
  }

  @Override
  public void invoke(Request request, Response response)
      throws IOException, jakarta.servlet.ServletException {
    getNext().invoke(request, response);
    if (request.getAttribute(MARK) != null) {
      response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }
}
