package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerRows;
import dev.darkroom.jobs.ledger.LedgerSchema;
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
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL is killed while a schedule ticks each second. */
@Timeout(120)
class ScheduleDatabaseLossIT {

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    @TempDir
    private Path folder;

    @Test
    void a_database_killed_between_ticks_loses_no_time_and_makes_none_twice() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.builder(folder.resolve("pg")).start();
        int port = first.port();
        first.createDatabaseIfMissing("jobs");
        String url = first.jdbcUrl("jobs");
        try (HikariDataSource source = pool(url);
                JobServers servers = new JobServers(List.of(SERVER.address()), "test", "here")) {
            LedgerSchema.migrate(source, 1);
            relay(servers, source);
            awaitJobs(new LedgerRows(direct(url)), 2);
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            first.onExit().get(20, TimeUnit.SECONDS);

            EmbeddedPostgres second =
                    EmbeddedPostgres.builder(folder.resolve("pg")).port(port).start();
            try {
                LedgerRows rows = new LedgerRows(direct(url));
                awaitJobs(rows, rows.count("job") + 3);
                List<Instant> times =
                        rows.all("SELECT convert_from(args, 'UTF8')::json ->> 'text' FROM jobs.job").stream()
                                .map(Instant::parse)
                                .sorted()
                                .toList();
                assertThat(times)
                        .isEqualTo(IntStream.range(0, times.size())
                                .mapToObj(times.get(0)::plusSeconds)
                                .toList());
            } finally {
                second.stop();
            }
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

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    /** Not through the pool: it may still hold connections to the server that was killed. */
    private static PGSimpleDataSource direct(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    private static void awaitJobs(LedgerRows rows, long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (rows.count("job") < count) {
            assertThat(System.nanoTime()).as("the schedule goes on").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(20));
        }
    }
}
