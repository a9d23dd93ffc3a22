package dev.dailies.review;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A moderation server that finds nothing, until it is told to fail. */
final class ModerationStub {
  private static final String CALM =
      "{\"results\":[{\"flagged\":false,\"categories\":{},\"category_scores\":{\"violence\":0.001},"
          + "\"category_applied_input_types\":{}}]}";

  private final HttpServer server;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  ModerationStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/moderations",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean fails = failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
          byte[] body = (fails ? "{}" : CALM).getBytes(StandardCharsets.UTF_8);
          if (fails) {
            failed.incrementAndGet();
          }
          exchange.sendResponseHeaders(fails ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers 503 to so many requests from now on. */
  void failNext(int requests) {
    failed.set(0);
    failures.set(requests);
  }

  /** How many it answered 503 since {@link #failNext}. */
  int failed() {
    return failed.get();
  }
}
