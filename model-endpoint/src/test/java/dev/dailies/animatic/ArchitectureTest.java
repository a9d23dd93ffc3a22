package dev.dailies.animatic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.dailies.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The endpoint is a server of its own kind: it shares nothing of Dailies but the named steps. */
@AnalyzeClasses(
    packages = "dev.dailies.animatic",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsNoOtherPartOfDailies =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.dailies.messaging..",
              "dev.dailies.edge..",
              "dev.dailies.vault..",
              "dev.dailies.contracts.event..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.dailies.animatic.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule drawingKnowsNothingElse =
      noClasses()
          .that()
          .resideInAPackage("..render..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..jobs..", "..server..", "..journal..", "..controls..");

  @ArchTest
  static final ArchRule theWireIsPrivate =
      classes()
          .that()
          .resideInAPackage("..server..")
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();

  @TestFactory
  Stream<DynamicTest> keepsTheRules() {
    return ArchitectureRules.tests("dev.dailies.animatic");
  }
}
