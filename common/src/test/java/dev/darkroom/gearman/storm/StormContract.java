package dev.darkroom.gearman.storm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.darkroom.gearman.ConnectionLostException;
import dev.darkroom.gearman.NotConnectedException;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TooManyInFlightException;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.connection.ConnectionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Very many at once, while the job server dies. */
@Timeout(300)
abstract class StormContract {

    private static final long MEGABYTE = 1024 * 1024;
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("ROOT");
    private static final Level BEFORE = LOGGER.getLevel();

    abstract ProcessServer server();

    /** Each of the thousands says that it lost its connection, and that it has one again. */
    @BeforeAll
    static void log_errors_only() {
        LOGGER.setLevel(Level.ERROR);
    }

    @AfterAll
    static void log_as_before() {
        LOGGER.setLevel(BEFORE);
    }

    /** A new one for each test, whatever became of the last one's. */
    @BeforeEach
    void start_again() {
        server().kill();
        server().start();
    }

    @Test
    void hundreds_of_clients_return_spread_over_time() throws Exception {
        allReturn(300, Duration.ofSeconds(4));
    }

    @Test
    @Tag("full")
    void ten_thousand_clients_return_spread_over_time() throws Exception {
        allReturn(10_000, Duration.ofSeconds(8));
    }

    @Test
    void every_job_in_flight_ends_once_when_the_server_is_killed() throws Exception {
        allEnd(50_000);
    }

    @Test
    @Tag("full")
    void every_one_of_a_million_jobs_in_flight_ends_once_when_the_server_is_killed() throws Exception {
        allEnd(1_000_000);
    }

    private void allReturn(int count, Duration wait) throws Exception {
        Resources.requireFiles(count + 100);
        long heapBefore = Resources.heap();
        try (ManyClients clients = new ManyClients(server().address(), count, wait)) {
            clients.awaitConnected();
            long heap = Resources.heap();
            long files = Resources.openFiles();
            System.out.printf(
                    "%s: %,d bytes of heap for each of %,d idle clients%n",
                    getClass().getSimpleName(), (heap - heapBefore) / count, count);

            clients.takeConnectTimes();
            server().kill();
            clients.awaitLost();
            server().start();
            clients.awaitConnected();

            assertThat(fullest(clients.takeConnectTimes(), wait.dividedBy(10)))
                    .as("connections within a fifth of the time over which the jitter spreads %s", count)
                    .isLessThan(count * 6 / 10);
            clients.submitOneEach();
            assertThat(Resources.openFiles()).isLessThan(files + 50);
            assertThat(Resources.heap()).isLessThan(heap + heap / 10 + 8 * MEGABYTE);
        }
    }

    /** The most of these times that lie within a span of this length. */
    private static int fullest(List<Long> times, Duration span) {
        List<Long> sorted = times.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) > span.toNanos()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private void allEnd(int jobs) throws Exception {
        List<Long> heaps = new ArrayList<>();
        Semaphore connections = new Semaphore(0);
        try (GearmanClient client = GearmanClient.builder()
                .servers(List.of(server().address()))
                .maxInFlight(jobs)
                .answerTimeout(Duration.ofMinutes(4))
                .listener(new ConnectionListener() {
                    @Override
                    public void connected(ServerAddress address) {
                        connections.release();
                    }
                })
                .build()) {
            for (int repetition = 0; repetition < 3; repetition++) {
                assertThat(connections.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                Completions answered = new Completions(jobs / 10);
                submit(client, answered);
                assertThat(answered.await()).isEmpty();

                server().freeze();
                Completions lost = new Completions(jobs);
                submit(client, lost);
                assertThat(client.inFlight()).isEqualTo(jobs);
                assertThat(client.submitBackground(new Submission("storm", "", new byte[0])))
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(TooManyInFlightException.class);
                server().kill();

                // The last ones may not have reached their connection yet: nothing of them was sent.
                assertThat(lost.await().keySet())
                        .contains(ConnectionLostException.class)
                        .isSubsetOf(ConnectionLostException.class, NotConnectedException.class);
                assertThat(lost.wrong()).isZero();
                assertThat(client.inFlight()).isZero();
                server().start();
                heaps.add(Resources.heap());
            }
        }
        System.out.printf(
                "%s: heap after each of three storms of %,d: %s%n", getClass().getSimpleName(), jobs, heaps);
        assertThat(heaps.get(2)).isLessThan(heaps.get(0) + 8 * MEGABYTE);
    }

    private static void submit(GearmanClient client, Completions completions) {
        byte[] payload = "payload".getBytes(US_ASCII);
        for (int i = 0; i < completions.expected(); i++) {
            completions.watch(i, client.submitBackground(new Submission("storm", "", payload)));
        }
    }
}
