package dev.dailies.local;

import java.io.PrintStream;

/** The terminal of the person who started Dailies: few lines, each worth reading. */
public final class Console {
  private final PrintStream out;

  public Console(PrintStream out) {
    this.out = out;
  }

  /** One that says nothing, for tests that look at behaviour only. */
  public static Console silent() {
    return new Console(new PrintStream(PrintStream.nullOutputStream()));
  }

  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }
}
