package dev.hotupdater;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The rooms of ARCHITECTURE.md, and what each may touch. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hotupdater");

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.hotupdater.(**)").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void bundle_isPure() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.bundle")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater.bundle",
            "dev.hotupdater.internal",
            "com.fasterxml.jackson..",
            "org.jspecify..",
            "java.lang..",
            "java.math",
            "java.nio.charset",
            "java.security",
            "java.util..")
        .check(CORE);
  }

  @Test
  void archive_dependsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.archive")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.hotupdater.archive", "java..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void signature_isPure() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.signature")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "dev.hotupdater.signature",
                    "org.jspecify..",
                    "java.lang..",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.security..",
                    "java.util..")
                // What it is given may be a stream; it opens none.
                .or(belongToAnyOf(InputStream.class, IOException.class)))
        .check(CORE);
  }

  @Test
  void release_isPure() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.release")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater.release",
            "dev.hotupdater.bundle",
            "dev.hotupdater.internal",
            "com.fasterxml.jackson..",
            "org.jspecify..",
            "java.lang..",
            "java.nio.charset",
            "java.time..",
            "java.util..")
        .check(CORE);
  }

  @Test
  void liveupdate_isPure() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.liveupdate")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater.liveupdate",
            "dev.hotupdater.release",
            "dev.hotupdater.bundle",
            "dev.hotupdater.internal",
            "com.fasterxml.jackson..",
            "org.jspecify..",
            "java.lang..",
            "java.util..")
        .check(CORE);
  }

  @Test
  void device_isPure() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.device")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater.device",
            "dev.hotupdater.release",
            "dev.hotupdater.internal",
            "org.jspecify..",
            "java.lang..",
            "java.nio.charset",
            "java.time..",
            "java.util..")
        .check(CORE);
  }

  @Test
  void context_dependsOnNothing() {
    classes()
        .that()
        .resideInAPackage("dev.hotupdater.context")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.hotupdater.context", "java..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void spis_doNotKnowHttpOrProtocols() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.hotupdater.database", "dev.hotupdater.storage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater",
            "dev.hotupdater.http",
            "dev.hotupdater.protocol..",
            "dev.hotupdater.catalog")
        .check(CORE);
  }

  @Test
  void storage_andDatabase_doNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.hotupdater.storage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hotupdater.database", "dev.hotupdater.bundle")
        .check(CORE);
    noClasses()
        .that()
        .resideInAPackage("dev.hotupdater.database")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.hotupdater.storage")
        .check(CORE);
  }

  @Test
  void catalog_knowsNeitherHttpNorStorage() {
    noClasses()
        .that()
        .resideInAPackage("dev.hotupdater.catalog")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater.http", "dev.hotupdater.storage", "dev.hotupdater.protocol..")
        .check(CORE);
  }

  @Test
  void protocols_doNotKnowEachOther() {
    slices().matching("dev.hotupdater.protocol.(*)").should().notDependOnEachOther().check(CORE);
  }

  @Test
  void http_knowsNoOtherRoom() {
    noClasses()
        .that()
        .resideInAPackage("dev.hotupdater.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hotupdater",
            "dev.hotupdater.bundle",
            "dev.hotupdater.catalog",
            "dev.hotupdater.database",
            "dev.hotupdater.storage",
            "dev.hotupdater.protocol..")
        .check(CORE);
  }
}
