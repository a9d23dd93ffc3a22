package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnvironmentPageTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  @Test
  void aVariableIsReadWithItsDefaultAndTheCommentAboveOrBehind() {
    List<EnvironmentPage.Variable> variables =
        EnvironmentPage.read(
            List.of(
                "server:",
                "  # Port of the HTTP interface;",
                "  # 0 takes a free one.",
                "  port: ${DAILIES_X_PORT:8181}",
                "  scratch: ${DAILIES_X_SCRATCH:${java.io.tmpdir}/x} # Media in work.",
                "  key: ${DAILIES_X_KEY}"));

    assertThat(variables)
        .containsExactly(
            new EnvironmentPage.Variable(
                "DAILIES_X_PORT", "8181", "Port of the HTTP interface; 0 takes a free one."),
            new EnvironmentPage.Variable(
                "DAILIES_X_SCRATCH", "${java.io.tmpdir}/x", "Media in work."),
            new EnvironmentPage.Variable("DAILIES_X_KEY", "", ""));
  }

  @Test
  void everyVariableOfEveryServiceSaysWhatItMeans() {
    for (Service service : Service.values()) {
      Path file = ROOT.resolve(service.module()).resolve("src/main/resources/application.yml");
      assertThat(EnvironmentPage.read(EnvironmentPage.lines(file)))
          .as(file.toString())
          .isNotEmpty()
          .allSatisfy(variable -> assertThat(variable.meaning()).as(variable.name()).isNotBlank());
    }
  }

  @Test
  void thePageIsWhatTheServicesSay() throws Exception {
    Path page = ROOT.resolve("deploy/ENVIRONMENT.md");
    String rendered = EnvironmentPage.render(ROOT);
    if (Boolean.getBoolean("dailies.write")) {
      Files.writeString(page, rendered);
    }
    assertThat(page).hasContent(rendered);
  }

  @Test
  void theLauncherSpeaksOnlyNamesThatTheServiceKnows() {
    Wiring wiring =
        new Wiring(
            "127.0.0.1:1",
            "jdbc:postgresql://127.0.0.1:2/",
            "user",
            "password",
            java.net.URI.create("http://127.0.0.1:3"),
            "access",
            "secret",
            java.net.URI.create("http://127.0.0.1:4"),
            Path.of("data"),
            Path.of("media"));
    for (Service service : Service.values()) {
      Path file = ROOT.resolve(service.module()).resolve("src/main/resources/application.yml");
      List<String> known =
          EnvironmentPage.read(EnvironmentPage.lines(file)).stream()
              .map(EnvironmentPage.Variable::name)
              .collect(Collectors.toCollection(ArrayList::new));
      // Read by the media library itself.
      known.add("DAILIES_MEDIA_CACHE");
      assertThat(wiring.environment(service, service.module(), 4).keySet())
          .filteredOn(name -> name.startsWith("DAILIES_"))
          .as(service.module())
          .isSubsetOf(known);
    }
  }
}
