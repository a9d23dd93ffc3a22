package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule finds the sin that was written for it, and none cries at the good class. */
class ArchitectureRulesTest {

  private static final String BAD = "dev.dailies.testkit.fixture.bad";
  private static final String UNMARKED = "dev.dailies.testkit.fixture.unmarked";

  @TestFactory
  Stream<DynamicTest> everyRuleFindsItsSin() {
    JavaClasses bad =
        new ClassFileImporter().importPackages(BAD, UNMARKED, "dev.dailies.review.fixture");
    return ArchitectureRules.all(BAD).stream()
        // Nobody writes 300 lines for a test; see below.
        .filter(rule -> !rule.getDescription().contains("lines"))
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.getDescription(),
                () -> assertThat(rule.evaluate(bad).hasViolation()).isTrue()));
  }

  @Test
  void goodClassesPass() {
    JavaClasses good = new ClassFileImporter().importPackages("dev.dailies.testkit.fixture.good");
    for (ArchRule rule : ArchitectureRules.all("dev.dailies.testkit.fixture.good")) {
      assertThatCode(() -> rule.check(good)).doesNotThrowAnyException();
    }
  }

  @TestFactory
  Stream<DynamicTest> theKitKeepsTheRulesOfALibrary() {
    return ArchitectureRules.libraryTests("dev.dailies.testkit");
  }

  /** Theirs cannot be in their own module: the kit depends on it. */
  @TestFactory
  Stream<DynamicTest> thePartsKeepThemToo() {
    JavaClasses parts = new ClassFileImporter().importPackages("dev.dailies.parts");
    assertThat(parts).isNotEmpty();
    return ArchitectureRules.library("dev.dailies.parts").stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(parts)));
  }

  @Test
  void aLongSourceIsFound() {
    JavaClasses kit = new ClassFileImporter().importClasses(FaultProxy.class);
    assertThat(ArchitectureRules.sourcesAreShort(100).evaluate(kit).hasViolation()).isTrue();
  }
}
