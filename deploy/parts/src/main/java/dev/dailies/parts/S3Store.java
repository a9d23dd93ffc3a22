package dev.dailies.parts;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * An S3 store for one machine: S3Proxy in this JVM, loopback only, in a class loader of its own.
 *
 * <p>Half a second to start and no process to look after. It is not MinIO: see FACTS of the
 * project, or {@link RealMinio} for the differences that matter. Stopping closes the port and keeps
 * the objects, on disk or in memory, so an outage of the store is a {@link #stop} and a {@link
 * #start}.
 */
public final class S3Store implements AutoCloseable {

  private final int port;
  private final String accessKey;
  private final String secretKey;
  private final Optional<DataFolder> folder;
  private final Properties properties;
  private final URLClassLoader loader;
  private final Object blobStore;
  private Optional<Object> server = Optional.empty();

  private S3Store(Builder builder) {
    this.port = builder.port.orElseGet(FreePort::pick);
    this.accessKey = builder.accessKey;
    this.secretKey = builder.secretKey;
    this.folder = builder.data.map(DataFolder::claim);
    this.properties = properties();
    this.loader = loader(builder.logs);
    this.blobStore =
        withLoader(() ->
            loader
                .loadClass("org.gaul.s3proxy.BlobStores")
                .getMethod("create", String.class, Properties.class)
                .invoke(
                    null, folder.isPresent() ? "filesystem-nio2" : "transient-nio2", properties));
  }

  /** A store that keeps its objects as files in this folder. */
  public static Builder on(Path data) {
    return new Builder(Optional.of(data));
  }

  /** A store that forgets its objects when it is closed. */
  public static Builder inMemory() {
    return new Builder(Optional.empty());
  }

  public int port() {
    return port;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  public synchronized boolean isRunning() {
    return server.isPresent();
  }

  /** Opens the port; returns when requests are answered. Nothing if it is open. */
  public synchronized void start() {
    if (server.isPresent()) {
      return;
    }
    server =
        Optional.of(
            withLoader(() -> {
              Class<?> builderType = loader.loadClass("org.gaul.s3proxy.S3Proxy$Builder");
              Object builder =
                  builderType
                      .getMethod("fromProperties", Properties.class)
                      .invoke(null, properties);
              builderType
                  .getMethod("blobStore", loader.loadClass("org.gaul.s3proxy.blobstore.BlobStore"))
                  .invoke(builder, blobStore);
              // Open transfers are cut, as those of a store that goes away are.
              builderType.getMethod("stopTimeout", long.class).invoke(builder, 0L);
              Object proxy = builderType.getMethod("build").invoke(builder);
              proxy.getClass().getMethod("start").invoke(proxy);
              return proxy;
            }));
  }

  /** Closes the port and every connection; the objects stay. */
  public synchronized void stop() {
    server.ifPresent(proxy ->
        withLoader(() -> {
          proxy.getClass().getMethod("stop").invoke(proxy);
          return proxy;
        }));
    server = Optional.empty();
  }

  @Override
  public synchronized void close() {
    stop();
    folder.ifPresent(DataFolder::close);
    try {
      loader.close();
    } catch (IOException failed) {
      throw new PartFailed("cannot close the store", failed);
    }
  }

  private Properties properties() {
    Properties settings = new Properties();
    settings.setProperty("s3proxy.endpoint", endpoint().toString());
    settings.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    settings.setProperty("s3proxy.identity", accessKey);
    settings.setProperty("s3proxy.credential", secretKey);
    settings.setProperty("s3proxy.jetty.max-threads", "64");
    settings.setProperty("jclouds.identity", accessKey);
    settings.setProperty("jclouds.credential", secretKey);
    folder.ifPresent(data ->
        settings.setProperty("jclouds.filesystem.basedir", data.folder("objects").toString()));
    return settings;
  }

  /** Its first entry holds a quiet logback.xml: the store's own would print on our terminal. */
  private static URLClassLoader loader(Optional<Path> logs) {
    try {
      Path configuration = Files.createTempDirectory("dailies-store-");
      Path file = configuration.resolve("logback.xml");
      Files.writeString(file, logging(logs));
      file.toFile().deleteOnExit();
      configuration.toFile().deleteOnExit();
      List<URL> urls = new ArrayList<>();
      urls.add(configuration.toUri().toURL());
      for (Path jar : Closure.named("s3proxy").jars()) {
        urls.add(jar.toUri().toURL());
      }
      return new URLClassLoader(
          "s3proxy", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failed) {
      throw new PartFailed("cannot prepare the store", failed);
    }
  }

  private static String logging(Optional<Path> logs) {
    return logs.map(folder ->
            """
            <configuration>
              <appender name="file" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>%%d{ISO8601} %%-5level [%%thread] %%logger{20} %%msg%%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="file"/></root>
            </configuration>
            """
                .formatted(folder.resolve("s3proxy.log")))
        .orElse("<configuration><root level=\"OFF\"/></configuration>\n");
  }

  private interface Reflective {
    Object call() throws ReflectiveOperationException;
  }

  /** The store finds its services through the thread's class loader. */
  private Object withLoader(Reflective action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.call();
    } catch (InvocationTargetException failed) {
      throw new PartFailed("the S3 store on port " + port + " failed", failed);
    } catch (ReflectiveOperationException changed) {
      throw new PartFailed("this version of S3Proxy has another shape", changed);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What the store is given beyond its folder. */
  public static final class Builder {

    private final Optional<Path> data;
    private Optional<Path> logs = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private String accessKey = "dailies";
    private String secretKey = "dailies-secret";

    private Builder(Optional<Path> data) {
      this.data = data;
    }

    /** A fixed port; without it a free one is picked. */
    public Builder port(int fixed) {
      this.port = Optional.of(fixed);
      return this;
    }

    /** Where {@code s3proxy.log} goes; without it the store is silent. */
    public Builder logs(Path directory) {
      this.logs = Optional.of(directory);
      return this;
    }

    public Builder credentials(String access, String secret) {
      this.accessKey = access;
      this.secretKey = secret;
      return this;
    }

    /** Claims the folder and opens the port. */
    public S3Store start() {
      S3Store store = new S3Store(this);
      try {
        store.start();
        return store;
      } catch (RuntimeException failed) {
        store.close();
        throw failed;
      }
    }
  }
}
