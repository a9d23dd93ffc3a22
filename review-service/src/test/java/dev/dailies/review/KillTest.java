package dev.dailies.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.Checkpoint;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.review.moderation.Clips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed at a named step leaves its task to the next. */
class KillTest {
  @TempDir Path folder;

  @Test
  void stepsAreNamedAfterTheService() {
    assertThat(ReviewSteps.values()).allMatch(step -> step.step().startsWith("review."));
  }

  @ParameterizedTest
  @EnumSource(ReviewSteps.class)
  void whatWasBegunIsFinishedByTheNextProcess(ReviewSteps step) throws Exception {
    ReviewFixture review = ReviewFixture.shared();
    byte[] clip = Files.readAllBytes(Clips.ordinary(folder.resolve("o.mp4"), 160, 90));
    Process doomed = doomedProcess(review, step);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> log().contains("Started ReviewApplication"));
      List<Story> told = Stream.generate(() -> new Story(review, clip).stored()).limit(3).toList();
      review.judges(false);
      told.forEach(Story::tell);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            assertThat(doomed.isAlive()).as(this::log).isTrue();
            return hit(step);
          });
      doomed.destroyForcibly().waitFor();
      review.judges(true);
      for (Story story : told) {
        ModerationDecided decided = review.awaitDecision(story.asset, 1);
        assertThat(decided.getOutcome())
            .as(() -> decided + "\n" + log())
            .isEqualTo(ModerationOutcome.CLEAR);
      }
      List<String> assets = told.stream().map(story -> story.asset).toList();
      assertThat(review.published(ModerationDecided.class, d -> assets.contains(d.getAsset())))
          .extracting(ModerationDecided::getAsset)
          .containsExactlyInAnyOrderElementsOf(assets);
    } finally {
      review.judges(true);
      doomed.destroyForcibly().waitFor();
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private boolean hit(ReviewSteps step) throws IOException {
    try (var files = Files.list(folder)) {
      return files.anyMatch(f -> f.getFileName().toString().startsWith(step.step() + ".hit"));
    }
  }

  private Process doomedProcess(ReviewFixture review, ReviewSteps step) throws IOException {
    Files.createFile(folder.resolve(step.step() + ".armed"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Ddailies.media.cache=" + System.getProperty("dailies.media.cache", ""),
                "-cp",
                System.getProperty("java.class.path"),
                ReviewApplication.class.getName()));
    Map<String, Object> properties = new HashMap<>(review.properties);
    // It judges what the other process takes in. Without a broker its death moves no partitions,
    // which would only make the test wait; deploy/local kills whole processes.
    properties.put("spring.kafka.bootstrap-servers", "127.0.0.1:1");
    // And as a fresh installation does, it knows no moderation server: the rules alone judge.
    properties.put("dailies.review.moderation.openai.endpoint", "");
    properties.forEach((key, value) -> command.add("--" + key + "=" + value));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(Map.of(Checkpoint.FOLDER_VARIABLE, folder.toString()));
    return builder.start();
  }
}
