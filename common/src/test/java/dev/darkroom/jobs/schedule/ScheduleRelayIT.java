package dev.darkroom.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.JobServerExtension;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Report;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.dispatch.Relay;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two processes relay, and both would tick. */
@Timeout(60)
class ScheduleRelayIT extends ScheduleFixture {

    private static final Schedule EACH_SECOND = Schedule.named("test.second")
            .every(Duration.ofSeconds(1))
            .missedRuns(MissedRuns.all(100))
            .enqueue(time -> new Report(time.toString()));

    @RegisterExtension
    static final JobServerExtension SERVER = new JobServerExtension();

    private final JobServers ana = new JobServers(List.of(SERVER.address()), "ana", "here");
    private final JobServers bob = new JobServers(List.of(SERVER.address()), "bob", "there");

    @AfterEach
    void stop() throws InterruptedException {
        ana.close();
        bob.close();
    }

    @Test
    void each_time_is_enqueued_once_while_the_leadership_changes() throws Exception {
        relay(ana);
        relay(bob);
        awaitJobs(2);
        for (int change = 1; change <= 3; change++) {
            // Whoever leads learns of it within a second, and both tick meanwhile.
            rows.run("UPDATE jobs.relay SET expires_at = '-infinity', holder = NULL");
            awaitJobs(2 + change);
        }
        ana.close();
        bob.close();

        List<Instant> times = enqueued().stream().map(Instant::parse).sorted().toList();
        assertThat(times)
                .isEqualTo(IntStream.range(0, times.size())
                        .mapToObj(times.get(0)::plusSeconds)
                        .toList());
    }

    @Test
    void another_relay_goes_on_when_the_leader_is_gone() throws Exception {
        Relay leader = relay(ana);
        awaitJobs(1);
        relay(bob);

        leader.close();

        awaitJobs(2);
    }

    private Relay relay(JobServers servers) {
        Ledger ledger = new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE);
        TickSchedules ticks = new TickSchedules(ledger, Schedules.of(EACH_SECOND));
        return servers.relay(1, source, List.of(ticks));
    }

    private void awaitJobs(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (rows.count("job") < count) {
            assertThat(System.nanoTime()).as("a job is enqueued").isLessThan(deadline);
            Pause.SLEEP.pause(Duration.ofMillis(10));
        }
    }
}
