package dev.darkroom.workers.media.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each limit against a program that goes over it. macOS cannot limit memory, and then decodes nothing this way. */
@EnabledOnOs(OS.LINUX)
class BoundedProgramTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void what_stays_within_its_limits_just_runs() throws Exception {
        run(LONG, "echo done > out");

        assertThat(folder.resolve("out")).hasContent("done");
    }

    @Test
    void a_program_gets_nothing_of_our_environment() throws Exception {
        run(LONG, "env | cut -d= -f1 | sort > out");

        assertThat(Files.readAllLines(folder.resolve("out")))
                .contains("VIPS_BLOCK_UNTRUSTED")
                .isSubsetOf(
                        "HOME",
                        "LC_ALL",
                        "OLDPWD",
                        "PATH",
                        "PWD",
                        "SHLVL",
                        "TMPDIR",
                        "VIPS_BLOCK_UNTRUSTED",
                        "VIPS_CONCURRENCY",
                        "_");
    }

    @Test
    void too_much_memory_ends_it() {
        // One line of 300 MB, which tail holds to the last byte.
        assertDamaged("head -c 300000000 /dev/zero | tail -n 1 > /dev/null", "memory");
    }

    @Test
    void too_long_a_file_ends_it() {
        assertDamaged("exec head -c 5000000 /dev/zero > out", "ended with");
        assertThat(folder.resolve("out").toFile().length()).isEqualTo(1 << 20);
    }

    @Test
    void too_much_time_ends_it_whether_it_sleeps_or_works() {
        assertThatThrownBy(() -> run(Duration.ofMillis(300), "exec sleep 600")).hasMessageContaining("too long");
        assertThatThrownBy(() -> run(Duration.ofMillis(300), "while :; do :; done"))
                .hasMessageContaining("too long");
    }

    @Test
    void a_failure_is_damage_and_says_why() {
        assertDamaged("echo corrupt header >&2; exit 3", "corrupt header");
    }

    @Test
    void a_program_that_cannot_be_started_is_no_damage() {
        BoundedProgram program = new BoundedProgram(100 << 20, 1 << 20, LONG);

        assertThatThrownBy(() -> program.run(folder, List.of("/no/such/program")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_interrupt_ends_it() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(LONG, "exec sleep 600")).isInstanceOf(InterruptedException.class);
        assertThatCode(() -> run(LONG, "true")).doesNotThrowAnyException();
    }

    private void assertDamaged(String script, String report) {
        assertThatThrownBy(() -> run(LONG, script))
                .isInstanceOf(DamagedPhotoException.class)
                .hasMessageContaining("damaged")
                .rootCause()
                .hasMessageContaining(report);
    }

    private void run(Duration longest, String script) throws Exception {
        new BoundedProgram(100 << 20, 1 << 20, longest).run(folder, List.of("/bin/sh", "-c", script));
    }
}
