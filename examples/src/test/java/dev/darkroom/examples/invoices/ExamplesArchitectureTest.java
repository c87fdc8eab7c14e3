package dev.darkroom.examples.invoices;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A team with other jobs than photos takes the platform alone. */
class ExamplesArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.darkroom.examples");

    @Test
    void the_job_platform_needs_nothing_else_of_this_project() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.darkroom.examples..",
                        "dev.darkroom.gearman..",
                        "dev.darkroom.jobs..",
                        "dev.darkroom.clock..",
                        "java..",
                        "com.zaxxer.hikari..",
                        "org.jspecify..",
                        "picocli..")
                .check(CLASSES);
    }
}
