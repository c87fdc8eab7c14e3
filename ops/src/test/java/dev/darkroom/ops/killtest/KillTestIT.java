package dev.darkroom.ops.killtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ops.killtest.parts.Role;
import dev.darkroom.ops.killtest.sabotage.Sabotage;
import dev.darkroom.ops.terminal.Progress;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kill test itself, and that it fails when a guard of the platform is taken away. */
class KillTestIT {

    @TempDir
    private Path folder;

    @Test
    @Timeout(600)
    void every_job_is_accounted_for_whatever_is_killed() throws Exception {
        KillTestReport report = run(20_000, 12, Sabotage.NONE);

        assertThat(report.complaints()).as(report.verdict().toString()).isEmpty();
        assertThat(report.verdict().failed()).as("jobs that fail on purpose").isPositive();
        assertThat(report.verdict().answers()).as("refused transactions").containsKey("failed");
        for (Role role : Role.values()) {
            assertThat(report.faults().kills(role)).as("kills of a " + role).isPositive();
        }
    }

    @Test
    @Timeout(600)
    void effects_are_invented_when_jobs_are_submitted_before_their_commit() throws Exception {
        KillTestReport report = run(8_000, 0, Sabotage.GATE);

        assertThat(report.verdict().invented()).isPositive();
        assertThat(report.complaints()).isNotEmpty();
    }

    @Test
    @Tag("full")
    @Timeout(600)
    void effects_come_twice_without_the_fence() throws Exception {
        KillTestReport report = run(20_000, 20, Sabotage.FENCE);

        assertThat(report.verdict().doubleEffects()).isPositive();
        assertThat(report.complaints()).isNotEmpty();
    }

    @Test
    @Tag("full")
    @Timeout(600)
    void jobs_are_lost_when_nobody_looks_for_leases() throws Exception {
        KillTestReport report = run(20_000, 14, Sabotage.LEASES);

        assertThat(report.verdict().lost()).isPositive();
        assertThat(report.complaints()).isNotEmpty();
    }

    @Test
    @Tag("full")
    @Timeout(7200)
    void a_million_jobs_are_accounted_for_after_a_hundred_kills() throws Exception {
        KillTestReport report = run(1_000_000, 100, Sabotage.NONE);

        assertThat(report.complaints()).as(report.verdict().toString()).isEmpty();
    }

    private KillTestReport run(long jobs, int kills, Sabotage sabotage) throws Exception {
        KillTestOptions options = new KillTestOptions(Optional.empty(), jobs, kills, 1, sabotage);
        KillTestReport report = new KillTest(options, new Progress(System.err), folder).run();
        new KillTestPrinter(new PrintWriter(System.out, true, StandardCharsets.UTF_8)).table(report);
        report.complaints().forEach(System.out::println);
        return report;
    }
}
