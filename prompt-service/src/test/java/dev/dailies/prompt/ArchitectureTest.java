package dev.dailies.prompt;

import dev.dailies.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of DESIGN and STYLE that a machine can check. */
class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheRules() {
    return ArchitectureRules.tests("dev.dailies.prompt");
  }
}
