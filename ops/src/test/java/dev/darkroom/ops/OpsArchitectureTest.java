package dev.darkroom.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.darkroom.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class OpsArchitectureTest {

    private static final JavaClasses CLASSES = HouseRules.mainClassesOf("dev.darkroom.ops");

    @Test
    void keeps_the_house_rules() {
        HouseRules.timeComesFromTheClockPackage().check(CLASSES);
        HouseRules.packagesAreNamedByConcept().check(CLASSES);
        HouseRules.noPackageCycles().check(CLASSES);
        assertThat(HouseRules.filesThatAreTooLong()).isEmpty();
    }

    @Test
    void starts_the_api_and_the_workers_as_processes_only() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.darkroom.api..", "dev.darkroom.workers..")
                .check(CLASSES);
    }
}
