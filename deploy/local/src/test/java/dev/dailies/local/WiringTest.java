package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WiringTest {
  /** Read by the media library itself, which has no settings file. */
  private static final String MEDIA = "DAILIES_MEDIA_CACHE";

  private final Map<Service, Integer> ports =
      Map.of(
          Service.PROMPT,
          1,
          Service.WORKER,
          2,
          Service.ASSET,
          3,
          Service.REVIEW,
          4,
          Service.ANIMATIC,
          5);
  private final Wiring wiring =
      new Wiring(
          "127.0.0.1:9",
          "jdbc:postgresql://127.0.0.1:8/",
          "user",
          "password",
          URI.create("http://127.0.0.1:7"),
          "access",
          "secret",
          URI.create("http://127.0.0.1:5"),
          Path.of("data"),
          Path.of("media"));

  @ParameterizedTest
  @EnumSource(Service.class)
  void aServiceIsToldOnlyWhatItReads(Service service) throws IOException {
    String settings =
        Files.readString(Path.of("../..", service.module(), "src/main/resources/application.yml"));

    assertThat(environment(service).keySet())
        .filteredOn(name -> name.startsWith("DAILIES_") && !name.equals(MEDIA))
        .contains(service.variable("PORT"))
        .allSatisfy(name -> assertThat(settings).contains("${" + name + ":"));
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void eachHasItsOwnDatabaseAndListensOnTheLoopbackAddressOnly(Service service) {
    Map<String, String> environment = environment(service);

    assertThat(environment).containsEntry("DAILIES_BIND", "127.0.0.1");
    service
        .database()
        .ifPresentOrElse(
            name ->
                assertThat(environment)
                    .containsEntry(
                        service.variable("DB_URL"), "jdbc:postgresql://127.0.0.1:8/" + name),
            () -> assertThat(environment.keySet()).noneMatch(name -> name.contains("_DB_")));
    assertThat(Set.of(Service.values()).stream().flatMap(s -> s.database().stream()))
        .doesNotHaveDuplicates();
  }

  private Map<String, String> environment(Service service) {
    return wiring.environment(service, service.module(), ports.getOrDefault(service, 0));
  }
}
