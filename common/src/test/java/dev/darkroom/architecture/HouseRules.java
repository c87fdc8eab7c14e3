package dev.darkroom.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Rules that hold in every module. */
public final class HouseRules {

    /** A file of more lines holds a second concept. */
    public static final int LONGEST_FILE = 400;

    private HouseRules() {}

    public static JavaClasses mainClassesOf(String... packages) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(packages);
    }

    public static ArchRule timeComesFromTheClockPackage() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.darkroom.clock..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .because("time is injected, so that a test can pin it");
    }

    public static ArchRule packagesAreNamedByConcept() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..helpers..",
                        "..models..",
                        "..entities..",
                        "..controllers..",
                        "..exceptions..",
                        "dev.darkroom.common..")
                .because("a package is named after what it is about, not after what kind of thing lies in it");
    }

    public static ArchRule noPackageCycles() {
        return slices().matching("dev.darkroom.(**)").should().beFreeOfCycles();
    }

    /** Source files below the module's folder that are longer than {@link #LONGEST_FILE} lines. */
    public static List<String> filesThatAreTooLong() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > LONGEST_FILE)
                    .map(file -> file + ": " + lines(file) + " lines")
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
