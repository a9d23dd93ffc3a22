package dev.dailies.asset;

import dev.dailies.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keeps_the_rules() {
    return ArchitectureRules.tests("dev.dailies.asset");
  }
}
