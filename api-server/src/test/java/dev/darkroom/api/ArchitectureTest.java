package dev.darkroom.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.darkroom.architecture.HouseRules;
import org.junit.jupiter.api.Test;

/** The API stays thin: resources know stores and wire forms, and only the wiring knows drivers. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = HouseRules.mainClassesOf("dev.darkroom.api");

    @Test
    void resources_see_neither_redis_nor_sql_nor_gearman() {
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.api.*..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.redisson..",
                        "org.jdbi..",
                        "org.postgresql..",
                        "software.amazon..",
                        "dev.darkroom.gearman..",
                        "dev.darkroom.shards..",
                        "dev.darkroom.jobs..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.api.*..")
                .and()
                .resideOutsideOfPackages("dev.darkroom.api.error..", "dev.darkroom.api.health..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(CLASSES);
    }

    @Test
    void nothing_but_the_wiring_sees_gearman_and_even_that_only_through_jobs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.darkroom.gearman..")
                .check(CLASSES);
    }

    @Test
    void the_wire_knows_no_concept_of_the_product() {
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.api.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.darkroom.users..",
                        "dev.darkroom.media..",
                        "dev.darkroom.follows..",
                        "dev.darkroom.feeds..")
                .check(CLASSES);
    }

    @Test
    void nobody_extends_our_classes() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void house_rules_hold() {
        HouseRules.timeComesFromTheClockPackage().check(CLASSES);
        HouseRules.packagesAreNamedByConcept().check(CLASSES);
        HouseRules.noPackageCycles().check(CLASSES);
        assertThat(HouseRules.filesThatAreTooLong()).isEmpty();
    }
}
