package dev.dailies.review;

import dev.dailies.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> rules() {
    return ArchitectureRules.tests("dev.dailies.review");
  }
}
