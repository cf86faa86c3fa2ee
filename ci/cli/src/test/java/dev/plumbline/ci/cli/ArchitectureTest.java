package dev.plumbline.ci.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arrows between the modules, as ARCHITECTURE.md draws them. */
final class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.plumbline");

  /** A module: the packages it owns and the modules it may use. */
  enum Module {
    MODEL("dev.plumbline.evidence.model"),
    MACHINES("dev.plumbline.conformance.model"),
    CONFORMANCE("dev.plumbline.conformance", MACHINES, MODEL),
    PERF("dev.plumbline.perf", CONFORMANCE, MODEL),
    CHAOS("dev.plumbline.chaos", PERF, CONFORMANCE, MODEL),
    SUPPLY_CHAIN("dev.plumbline.supplychain", MODEL),
    BUNDLE("dev.plumbline.evidence.bundle", MODEL),
    CI("dev.plumbline.ci", BUNDLE, SUPPLY_CHAIN, CHAOS, PERF, CONFORMANCE, MODEL);

    private final String packages;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot change
    private final List<Module> uses;

    Module(String root, Module... uses) {
      this.packages = root + "..";
      this.uses = List.of(uses);
    }

    private DescribedPredicate<JavaClass> classes() {
      return resideInAnyPackage(packages);
    }

    private DescribedPredicate<JavaClass> foreign() {
      String[] allowed = uses.stream().map(module -> module.packages).toArray(String[]::new);
      return resideInAnyPackage("dev.plumbline..")
          .and(DescribedPredicate.not(classes()))
          .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
          .as("modules it may not use");
    }
  }

  @ParameterizedTest
  @EnumSource
  void usesOnlyTheModulesBelowIt(Module module) {
    noClasses()
        .that(module.classes())
        .should()
        .dependOnClassesThat(module.foreign())
        .allowEmptyShould(false)
        .check(OURS);
  }

  @Test
  void nothingLinksTheServerThatIsJudged() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.plumbline.server.."))
        .check(OURS);
  }

  @Test
  void everyClassBelongsToAModule() {
    Map<String, String> homeless = new TreeMap<>();
    for (JavaClass type : OURS) {
      if (Arrays.stream(Module.values()).noneMatch(module -> module.classes().test(type))) {
        homeless.put(type.getName(), type.getPackageName());
      }
    }
    assertThat(homeless).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.plumbline.(**)")
        .should()
        .beFreeOfCycles()
        // the list of all rules names the pages that the rules are grouped by, and only that
        .ignoreDependency(
            name("dev.plumbline.conformance.rule.Rules"),
            resideInAnyPackage("dev.plumbline.conformance.rule.*"))
        .check(OURS);
  }
}
