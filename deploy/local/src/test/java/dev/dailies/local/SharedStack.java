package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;

/**
 * All of Dailies, started once for the tests of this module: two workers, short leases, named steps
 * that can be armed, and a model endpoint that may be told to misbehave.
 */
final class SharedStack {
  /** A real issuer of tokens, asked by all services. */
  private static final MockOAuth2Server ISSUER = new MockOAuth2Server();

  private static @Nullable SharedStack shared;

  private final Path folder;
  private final LocalStack stack;

  private SharedStack() {
    Training.ensure(Console.silent());
    try {
      folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/stack")), "run-");
      ISSUER.start();
      StackSettings.Builder builder =
          LocalStack.builder()
              .data(folder.resolve("data").toAbsolutePath())
              .workers(2)
              .checkpoints(Files.createDirectories(folder.resolve("checkpoints")).toAbsolutePath())
              .animaticControls()
              .restart(Restart.NEVER)
              .environment(Service.WORKER, "DAILIES_LEASE", "3s")
              // No test stops the endpoint's clock: a create cut off on its way is soon decided.
              .environment(Service.WORKER, "DAILIES_ANIMATIC_QUIET", "3s")
              .environment(Service.ASSET, "DAILIES_ASSET_LEASE", "3s")
              // So few that a client can have too many; those who download ask for less.
              .environment(Service.ASSET, "DAILIES_REQUESTS_PER_MINUTE", "240")
              .environment(Service.REVIEW, "DAILIES_REVIEW_LEASE", "3s");
      for (Service service : List.of(Service.PROMPT, Service.ASSET, Service.REVIEW)) {
        builder
            .environment(service, "DAILIES_OIDC_ISSUER", ISSUER.issuerUrl("studio").toString())
            .environment(service, "DAILIES_OIDC_AUDIENCE", "dailies");
      }
      stack = builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    stack.start();
    stack.awaitReady(Duration.ofSeconds(90));
  }

  static synchronized SharedStack get() {
    if (shared == null) {
      shared = new SharedStack();
    }
    return shared;
  }

  DailiesClient client(String key) {
    return new DailiesClient(stack.origin(), key);
  }

  /** The token of a person, as the issuer signs it. */
  String token(String subject) {
    return ISSUER
        .issueToken(
            "studio",
            "console",
            new DefaultOAuth2TokenCallback(
                "studio", subject, "JWT", List.of("dailies"), Map.of(), 300))
        .serialize();
  }

  /** What the endpoint itself wrote down of paid work. */
  EndpointJournal journal() {
    return new EndpointJournal(stack.named("model-endpoint").origin());
  }

  LocalStack parts() {
    return stack;
  }

  Steps steps() {
    return new Steps(folder.resolve("checkpoints"), stack);
  }

  /** A folder for the files of tests. */
  Path folder() {
    return folder;
  }
}
