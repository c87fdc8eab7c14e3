package dev.darkroom.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md: what each package of common may import. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = HouseRules.mainClassesOf("dev.darkroom");

    private static final String[] FOUNDATIONS = {
        "dev.darkroom.config..", "dev.darkroom.clock..", "dev.darkroom.telemetry.."
    };

    @Test
    void configuration_clock_and_telemetry_depend_on_nothing_of_ours() {
        onlyDependsOn("dev.darkroom.config..", "dev.darkroom.config..").check(CLASSES);
        onlyDependsOn("dev.darkroom.clock..", "dev.darkroom.clock..").check(CLASSES);
        onlyDependsOn("dev.darkroom.telemetry..", "dev.darkroom.telemetry..").check(CLASSES);
    }

    @Test
    void gearman_could_be_taken_alone() {
        onlyDependsOn(
                        "dev.darkroom.gearman..",
                        "dev.darkroom.gearman..",
                        "dev.darkroom.clock..",
                        "dev.darkroom.telemetry..")
                .check(CLASSES);
    }

    @Test
    void jobs_could_be_taken_with_gearman_alone() {
        onlyDependsOn(
                        "dev.darkroom.jobs..",
                        "dev.darkroom.jobs..",
                        "dev.darkroom.gearman..",
                        "dev.darkroom.clock..",
                        "dev.darkroom.telemetry..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.darkroom.gearman.server..")
                .check(CLASSES);
    }

    @Test
    void concepts_never_see_gearman() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.darkroom.gearman..", "dev.darkroom.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.darkroom.gearman..")
                .check(CLASSES);
    }

    @Test
    void no_concept_sees_the_catalogue_of_all() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.darkroom.catalogue..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.darkroom.catalogue..")
                .check(CLASSES);
    }

    @Test
    void only_feeds_and_sessions_see_redis() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.darkroom.feeds..", "dev.darkroom.users..", "dev.darkroom.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.redisson..")
                .check(CLASSES);
    }

    @Test
    void foundations_hold_no_drivers() {
        noClasses()
                .that()
                .resideInAnyPackage(FOUNDATIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "org.postgresql..", "org.redisson..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void time_comes_from_the_clock_package() {
        HouseRules.timeComesFromTheClockPackage().check(CLASSES);
    }

    @Test
    void packages_are_named_by_concept_and_free_of_cycles() {
        HouseRules.packagesAreNamedByConcept().check(CLASSES);
        HouseRules.noPackageCycles().check(CLASSES);
    }

    @Test
    void no_file_holds_two_concepts() {
        assertThat(HouseRules.filesThatAreTooLong()).isEmpty();
    }

    private static ArchRule onlyDependsOn(String from, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat(describe(
                        "reside in an allowed package",
                        type -> !type.getPackageName().startsWith("dev.darkroom")
                                || resideInAnyPackage(allowed).test(type)))
                .allowEmptyShould(true);
    }
}
