package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One worker of two job servers, of which one dies. */
abstract class ManyServersContract extends JobServerContract {

    abstract RestartableServer other();

    @Test
    void a_server_that_dies_in_the_middle_of_a_job_does_not_touch_the_jobs_of_the_other() throws Exception {
        RecordedEvents events = new RecordedEvents();
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received)
                .servers(List.of(server().address(), other().address()))
                .capacity(4)
                .listener(events)
                .build());
        events.await("connected", 2);
        submit(client(), "dies", "");
        AssignedJob dying = received.next();
        AssignedJob safe = submitToOther(received, function);

        server().kill();
        events.await("lost", 1);
        worker.sendData(dying, new byte[1]);
        worker.complete(dying);
        worker.complete(safe);

        assertThat(events.next()).isEqualTo("dropped: its connection is gone");
        assertThat(events.next()).isEqualTo("dropped: its connection is gone");
        for (int i = 0; i < 4; i++) {
            worker.complete(submitToOther(received, "k" + i));
        }
        assertThat(worker.connectedServers()).containsExactly(other().address());
        server().start();
        events.await("connected", 1);
        submit(client(), "again", "");
        worker.complete(received.next());
        assertThat(otherClient()
                        .statusOfUnique(function)
                        .get(10, TimeUnit.SECONDS)
                        .known())
                .isFalse();
        assertThat(worker.drain()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(events.isEmpty()).isTrue();
    }

    private AssignedJob submitToOther(ReceivedJobs received, String key) throws Exception {
        try (GearmanClient client = otherClient()) {
            client.submitBackgroundWaiting(new Submission(function, key, new byte[0]))
                    .get(10, TimeUnit.SECONDS);
        }
        return received.next();
    }

    private GearmanClient otherClient() throws InterruptedException {
        GearmanClient client =
                opened(clientBuilder().servers(List.of(other().address())).build());
        assertThat(client.awaitConnected(Duration.ofSeconds(10))).isTrue();
        return client;
    }
}
