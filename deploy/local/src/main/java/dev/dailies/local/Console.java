package dev.dailies.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** The terminal of the person who started Dailies: few lines, each worth reading. */
public final class Console {
  private static final String NATIVE_ENCODING = System.getProperty("native.encoding", "UTF-8");

  private final PrintStream out;
  private final PrintStream err;

  private Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** The terminal that this process was started from. */
  public static Console terminal() {
    return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err));
  }

  /** One that says nothing, for tests that look at behaviour only. */
  public static Console silent() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Console(nowhere, nowhere);
  }

  /** Something that the person may want to know. */
  public synchronized void say(String line) {
    out.println(line);
  }

  /** Why it does not go on. */
  public synchronized void complain(String line) {
    err.println("dailies: " + line);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new FileOutputStream(descriptor), true, Charset.forName(NATIVE_ENCODING));
  }
}
