package dev.dailies.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.testkit.ArchitectureRules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheRules() {
    return ArchitectureRules.tests("dev.dailies.worker");
  }

  @Test
  void stepsAndMetersHaveNamesOfTheirOwn() {
    assertThat(WorkerSteps.CLAIMED_BEFORE_ACCEPT.stepName())
        .isEqualTo("worker.claimed-before-accept");
    assertThat(new HashSet<>(Arrays.stream(WorkerMeters.values()).map(m -> m.getName()).toList()))
        .hasSize(WorkerMeters.values().length);
  }
}
