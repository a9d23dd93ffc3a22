package dev.dailies.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client of server-sent events that behaves as a browser's: it comes back after a break with the
 * last id that it knows, and gives up for good at an answer other than 200.
 */
final class EventSource implements Runnable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final HttpClient http;
  private final URI address;
  private final Random random;
  private final boolean restless;
  private final CountDownLatch reading;
  private final boolean slow;
  private final List<Long> told = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> delays = Collections.synchronizedList(new ArrayList<>());
  private volatile long last;
  private volatile int connections;
  private volatile Optional<Integer> gaveUp = Optional.empty();
  private volatile boolean done;

  /**
   * As its user wants it.
   *
   * @param restless leaves now and then
   * @param reading before this it is connected, but does not read
   */
  EventSource(
      HttpClient http,
      URI address,
      long last,
      boolean restless,
      CountDownLatch reading,
      long seed) {
    this.http = http;
    this.address = address;
    this.last = last;
    this.restless = restless;
    this.reading = reading;
    this.slow = reading.getCount() > 0;
    this.random = new Random(seed);
  }

  /** The ids of the events that it was told, as they came; -1 where the past was lost. */
  List<Long> toldUpTo(long newest) {
    synchronized (told) {
      return told.stream().filter(id -> id <= newest).toList();
    }
  }

  /** Milliseconds from what happened until it was heard of, of some events. */
  List<Long> delays() {
    synchronized (delays) {
      return List.copyOf(delays);
    }
  }

  long last() {
    return last;
  }

  int connections() {
    return connections;
  }

  Optional<Integer> gaveUp() {
    return gaveUp;
  }

  void stop() {
    done = true;
  }

  @Override
  public void run() {
    try {
      while (!done && gaveUp.isEmpty()) {
        try {
          connect();
        } catch (IOException broken) {
          // As after any break: it comes back.
        }
        new CountDownLatch(1).await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect() throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer dailies-local")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", String.valueOf(last))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        gaveUp = Optional.of(response.statusCode());
        return;
      }
      connections++;
      reading.await();
      read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    }
  }

  private void read(BufferedReader lines) throws IOException {
    int most = restless ? 1 + random.nextInt(200) : Integer.MAX_VALUE;
    String type = "message";
    String data = "";
    long id = last;
    for (String line = lines.readLine(); line != null && !done; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring(4));
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      } else if (line.isEmpty()) {
        last = id;
        if (!data.isEmpty()) {
          tell(id, type, data);
          if (--most == 0) {
            return;
          }
        }
        type = "message";
        data = "";
      }
    }
  }

  private void tell(long id, String type, String data) {
    told.add(type.equals("reset") ? -1 : id);
    int at = data.indexOf("\"at\":\"");
    if (id % 10 == 0 && at > 0) {
      Instant then = Instant.parse(data.substring(at + 6, data.indexOf('"', at + 6)));
      delays.add(Duration.between(then, Instant.now()).toMillis());
    }
  }

  @Override
  public String toString() {
    return "[at %d, %d told, %d connections, %s, restless %s, slow %s]"
        .formatted(last, told.size(), connections, gaveUp, restless, slow);
  }
}
