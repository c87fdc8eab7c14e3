package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.EventLoops;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Clients and workers on the same threads. */
abstract class SharedLoopsContract extends JobServerContract {

    @Test
    void many_clients_and_workers_share_one_thread() throws Exception {
        EventLoops loops = opened(new EventLoops(1));
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ConnectionListener noting = new ConnectionListener() {
            @Override
            public void connected(ServerAddress server) {
                threads.add(Thread.currentThread());
            }
        };
        ReceivedJobs received = new ReceivedJobs();
        opened(workerBuilder(job -> {
                    threads.add(Thread.currentThread());
                    received.receive(job);
                })
                .eventLoops(loops)
                .capacity(20)
                .build());
        for (int i = 0; i < 20; i++) {
            GearmanClient client =
                    opened(clientBuilder().eventLoops(loops).listener(noting).build());
            assertThat(client.awaitConnected(Duration.ofSeconds(10))).isTrue();
            submit(client, "", "job");
            received.next();
        }

        assertThat(threads).doesNotContain(Thread.currentThread()).hasSize(1);
    }

    @Test
    void closing_one_leaves_the_others_connected() throws Exception {
        EventLoops loops = opened(new EventLoops(1));
        GearmanClient leaving = clientBuilder().eventLoops(loops).build();
        GearmanWorker leavingToo =
                workerBuilder(job -> {}).eventLoops(loops).clientId("leaving").build();
        GearmanClient staying = opened(clientBuilder().eventLoops(loops).build());
        assertThat(leaving.awaitConnected(Duration.ofSeconds(10))).isTrue();
        assertThat(leavingToo.awaitConnected(Duration.ofSeconds(10))).isTrue();
        assertThat(staying.awaitConnected(Duration.ofSeconds(10))).isTrue();

        leaving.close();
        leavingToo.close();

        assertThat(leaving.isConnected()).isFalse();
        assertThat(leavingToo.isConnected()).isFalse();
        assertThat(leaving.submitBackground(new Submission(function, "", new byte[0])))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(NotConnectedException.class);
        submit(staying, "", "still there");
        try (GearmanAdmin admin = new GearmanAdmin(server().address())) {
            assertThat(admin.workers()).noneMatch(worker -> worker.clientId().equals("leaving"));
        }
    }

    @Test
    void closing_in_the_midst_of_an_attempt_leaves_no_socket() throws Exception {
        EventLoops loops = opened(new EventLoops(1));
        clientBuilder().eventLoops(loops).build().close();
        long before = openFiles();

        for (int i = 0; i < 200; i++) {
            clientBuilder().eventLoops(loops).build().close();
        }

        // Some of the last ones may still be about to be closed.
        assertThat(openFiles()).isLessThan(before + 100);
    }

    @Test
    void closing_the_threads_first_ends_everything_on_them() throws Exception {
        EventLoops loops = new EventLoops(2);
        GearmanClient client = opened(clientBuilder().eventLoops(loops).build());
        assertThat(client.awaitConnected(Duration.ofSeconds(10))).isTrue();

        loops.close();

        assertThat(client.isConnected()).isFalse();
        assertThat(client.submitBackground(new Submission(function, "", new byte[0])))
                .isCompletedExceptionally();
        client.close();
        assertThat(client.inFlight()).isZero();
    }

    @Test
    void threads_are_counted_from_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventLoops(0));
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
