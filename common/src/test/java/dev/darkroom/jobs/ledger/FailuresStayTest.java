package dev.darkroom.jobs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Failures are kept until a person decides: nothing in the platform takes them away by their age or number. */
class FailuresStayTest {

    /** Those that act for a person, who has said which failures are meant, and whose act is on record. */
    private static final List<String> FOR_A_PERSON = List.of("jobs/failures/", "jobs/replay/");

    @Test
    void only_what_acts_for_a_person_takes_failures_away() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<Path> deleting = files.filter(Files::isRegularFile)
                    .filter(FailuresStayTest::takesFailuresAway)
                    .filter(file -> FOR_A_PERSON.stream().noneMatch(file.toString()::contains))
                    .toList();

            assertThat(deleting).isEmpty();
        }
    }

    private static boolean takesFailuresAway(Path file) {
        try {
            String text = Files.readString(file).replaceAll("\\s+", " ");
            return text.matches("(?is).*(DELETE FROM|TRUNCATE|DROP TABLE|UPDATE) (jobs\\.)?failed_job\\b.*");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
