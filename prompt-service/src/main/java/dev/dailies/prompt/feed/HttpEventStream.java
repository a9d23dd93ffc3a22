package dev.dailies.prompt.feed;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/**
 * Server-sent events on a servlet response. A block with an id and no data moves the client's
 * cursor without telling anything.
 *
 * <p>Source: WHATWG HTML, section 9.2, server-sent events.
 */
final class HttpEventStream implements EventSink {
  static final String RESET = "reset";
  private static final int RETRY_MILLIS = 2000;

  private final HttpServletResponse response;
  private final OutputStream out;

  private HttpEventStream(HttpServletResponse response) throws IOException {
    this.response = response;
    this.out = response.getOutputStream();
  }

  /** Sends the headers. */
  static HttpEventStream begin(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    // Said to nginx, which stands in front of many a cluster and would collect the answer.
    response.setHeader("X-Accel-Buffering", "no");
    response.flushBuffer();
    return new HttpEventStream(response);
  }

  @Override
  public void opened(long place) throws IOException {
    write("retry: " + RETRY_MILLIS + "\nid: " + place + "\n\n");
    response.flushBuffer();
  }

  @Override
  public void reset(long place, String data) throws IOException {
    event(place, RESET, data);
    response.flushBuffer();
  }

  @Override
  public void entries(Iterable<FeedEntry> entries) throws IOException {
    for (FeedEntry entry : entries) {
      event(entry.place(), entry.type(), entry.data());
    }
    response.flushBuffer();
  }

  @Override
  public void heartbeat(long place) throws IOException {
    write(": heartbeat\nid: " + place + "\n\n");
    response.flushBuffer();
  }

  private void event(long place, String type, String data) throws IOException {
    write("id: " + place + "\nevent: " + type + "\ndata: " + data + "\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
