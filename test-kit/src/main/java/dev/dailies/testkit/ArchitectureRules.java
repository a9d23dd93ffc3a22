package dev.dailies.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules of DESIGN and STYLE that a machine can check, for one module.
 *
 * <p>A service's class name says which framework it may touch; all else is plain Java. A module's
 * test is three lines:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheRules() {
 *   return ArchitectureRules.tests("dev.dailies.prompt");
 * }
 * }</pre>
 */
public final class ArchitectureRules {

  /** Our modules that nothing else of ours may depend on, except deploy/local. */
  private static final List<String> SERVICES =
      List.of(
          "dev.dailies.prompt",
          "dev.dailies.worker",
          "dev.dailies.asset",
          "dev.dailies.review",
          "dev.dailies.animatic",
          "dev.dailies.local");

  private static final int LONGEST_SOURCE = 300;

  private static final String ADAPTER =
      "(Kafka|Jdbc|Minio|Http)[A-Z]\\w*"
          + "|\\w+(Controller|Listener|Configuration|Properties|Application|Filter|Indicator|Meters)";

  private static final String[] FRAMEWORKS = {
    "org.springframework..",
    "jakarta..",
    "org.apache.kafka..",
    "java.sql..",
    "javax.sql..",
    "org.postgresql..",
    "org.flywaydb..",
    "com.zaxxer..",
    "io.minio..",
    "okhttp3..",
    "java.net.http..",
    "com.sun.net.httpserver.."
  };

  private ArchitectureRules() {}

  /** Every rule, for a service. */
  public static List<ArchRule> all(String basePackage) {
    return Stream.concat(
            library(basePackage).stream(),
            Stream.of(onlyAdaptersTouchFrameworks(), adaptersAreNotPublic()))
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  /** The rules that also hold for a library whose very subject is a framework. */
  public static List<ArchRule> library(String basePackage) {
    return Stream.of(
            noForeignService(basePackage),
            nothingIsInjectedIntoFields(),
            nothingIsPrinted(),
            NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("SLF4J is what is configured"),
            namesSayWhat(),
            methodsSayWhatHappens(),
            packagesAreNullMarked(),
            noMockingOrOrm(),
            publicConstantsAreFinal(),
            sourcesAreShort(LONGEST_SOURCE))
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  /** A test for each rule of a service. */
  public static Stream<DynamicTest> tests(String basePackage) {
    return tests(basePackage, all(basePackage));
  }

  /** A test for each rule of a library. */
  public static Stream<DynamicTest> libraryTests(String basePackage) {
    return tests(basePackage, library(basePackage));
  }

  private static Stream<DynamicTest> tests(String basePackage, List<ArchRule> rules) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(basePackage);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("no classes in " + basePackage);
    }
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  static ArchRule onlyAdaptersTouchFrameworks() {
    return noClasses()
        .that(are("not named as an adapter", type -> !isAdapter(type)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(FRAMEWORKS))
        .as("only a class whose name says so touches a framework; all else is plain Java");
  }

  static ArchRule adaptersAreNotPublic() {
    return noClasses()
        .that(
            are(
                "adapters of a port",
                type ->
                    type.isTopLevelClass()
                        && type.getSimpleName().matches("(Kafka|Jdbc|Minio|Http)[A-Z]\\w*")))
        .should()
        .bePublic()
        .as("a port is public, its adapters are not");
  }

  static ArchRule noForeignService(String basePackage) {
    String[] foreign =
        SERVICES.stream()
            .filter(service -> !basePackage.startsWith(service))
            .map(service -> service + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> launcher = resideInAPackage("dev.dailies.local..");
    return noClasses()
        .that(DescribedPredicate.not(launcher))
        .should()
        .dependOnClassesThat(resideInAnyPackage(foreign))
        .as("Kafka is the only path between services: none depends on another's package");
  }

  static ArchRule nothingIsInjectedIntoFields() {
    return noFields()
        .should()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
        .orShould()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
        .orShould()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("jakarta.annotation.Resource")
        .as("what a class needs is in its constructor, nothing is injected into fields");
  }

  static ArchRule nothingIsPrinted() {
    return NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("a service logs");
  }

  static ArchRule namesSayWhat() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Utils?|Helper|D[Tt][Oo]|Message|Event)$")
        .as("no *Impl, *Manager, *Util, *Helper, *Dto, *Event, *Message: say what it is");
  }

  static ArchRule methodsSayWhatHappens() {
    return methods()
        .that()
        .areDeclaredInClassesThat(are("not named as an adapter", type -> !isAdapter(type)))
        .should()
        .haveNameNotMatching("(handle|manage|process)([A-Z].*)?")
        .as("methods say what happens: not handle, manage, process");
  }

  static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            check(
                "live in a @NullMarked package",
                type -> type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")))
        .as("every package has a package-info with @NullMarked");
  }

  /** Found beside {@code target/classes}; a class without its source there is let pass. */
  static ArchRule sourcesAreShort(int longest) {
    return classes()
        .that(are("top-level", JavaClass::isTopLevelClass))
        .should(
            check(
                "be written in at most " + longest + " lines",
                type -> sourceLines(type).orElse(0) <= longest));
  }

  static ArchRule noMockingOrOrm() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "lombok..",
                "org.mockito..",
                "jakarta.persistence..",
                "reactor..",
                "org.mapstruct.."))
        .as("no ORM, Lombok, MapStruct, reactive type or mock");
  }

  static ArchRule publicConstantsAreFinal() {
    return fields()
        .that()
        .areStatic()
        .and()
        .arePublic()
        .should()
        .beFinal()
        .as("no public static field can be changed");
  }

  private static boolean isAdapter(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getSimpleName().matches(ADAPTER);
  }

  private static OptionalInt sourceLines(JavaClass type) {
    Optional<Path> source =
        type.getSource()
            .map(Source::getUri)
            .filter(uri -> uri.getPath() != null && uri.getPath().contains("/target/classes/"))
            .map(uri -> uri.getPath().replace("/target/classes/", "/src/main/java/"))
            .map(path -> Path.of(path.replaceAll("\\.class$", ".java")))
            .filter(Files::exists);
    if (source.isEmpty()) {
      return OptionalInt.empty();
    }
    try (Stream<String> lines = Files.lines(source.get())) {
      return OptionalInt.of((int) lines.count());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static DescribedPredicate<JavaClass> are(
      String description, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }

  private static ArchCondition<JavaClass> check(String description, Predicate<JavaClass> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean satisfied = holds.test(type);
        events.add(
            new SimpleConditionEvent(
                type,
                satisfied,
                type.getName() + (satisfied ? " does " : " does not ") + description));
      }
    };
  }
}
