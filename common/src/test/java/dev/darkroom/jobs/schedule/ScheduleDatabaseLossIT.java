package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.testing.MortalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while a schedule ticks each second. */
@Timeout(120)
class ScheduleDatabaseLossIT {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @TempDir
    private Path folder;

    @Test
    void a_database_killed_between_ticks_loses_no_time_and_makes_none_twice() throws Exception {
        try (MortalPostgres postgres = MortalPostgres.start(folder.resolve("pg"));
                HikariDataSource source = postgres.pool(4);
                JobServers servers = new JobServers(List.of(SERVER.address()), "test", "here")) {
            LedgerSchema.migrate(source, 1);
            relay(servers, source);
            LedgerRows rows = new LedgerRows(postgres.direct());
            awaitJobs(rows, 2);

            postgres.killAndStartAgain();

            awaitJobs(rows, rows.count("job") + 3);
            List<Instant> times = rows.all("SELECT convert_from(args, 'UTF8')::json ->> 'text' FROM jobs.job").stream()
                    .map(Instant::parse)
                    .sorted()
                    .toList();
            assertThat(times)
                    .isEqualTo(IntStream.range(0, times.size())
                            .mapToObj(times.get(0)::plusSeconds)
                            .toList());
        }
    }

    private static void relay(JobServers servers, HikariDataSource source) {
        Ledger ledger = new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE);
        Schedule schedule = Schedule.named("test.second")
                .every(Duration.ofSeconds(1))
                .missedRuns(MissedRuns.all(1_000))
                .enqueue(time -> new Report(time.toString()));
        TickSchedules ticks = new TickSchedules(ledger, Schedules.of(schedule));
        servers.relay(1, source, List.of(ticks));
    }

    private static void awaitJobs(LedgerRows rows, long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (rows.count("job") < count) {
            assertThat(System.nanoTime()).as("the schedule goes on").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }
}
