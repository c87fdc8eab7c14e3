package dev.darkroom.gearman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.admin.FunctionStatus;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.client.UniqueStatus;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What any job server tells of its jobs, functions and workers. */
abstract class StatusContract extends JobServerContract {

    @Test
    void a_key_is_unknown_then_waiting_then_running_then_unknown() throws Exception {
        GearmanClient client = client();
        assertThat(client.statusOfUnique(function).get()).isEqualTo(UniqueStatus.UNKNOWN);
        submit(client, function, "");
        assertThat(client.statusOfUnique(function).get()).isEqualTo(new UniqueStatus(true, false, 0, 0, 0));

        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);
        AssignedJob job = received.next();
        assertThat(client.statusOfUnique(function).get()).isEqualTo(new UniqueStatus(true, true, 0, 0, 0));

        worker.complete(job);
        submit(client, "marker", "");
        received.next();
        assertThat(client.statusOfUnique(function).get()).isEqualTo(UniqueStatus.UNKNOWN);
    }

    @Test
    void progress_and_waiting_clients_are_told() throws Exception {
        GearmanClient client = client();
        RawConnection waiting = opened(new RawConnection(server().address()));
        waiting.send(PacketType.SUBMIT_JOB, function, function);
        waiting.read();
        RawConnection worker = opened(new RawConnection(server().address()));
        worker.send(PacketType.CAN_DO, function);
        worker.send(PacketType.GRAB_JOB);
        String handle = worker.read().text(0);

        worker.send(PacketType.WORK_STATUS, handle, "3", "7");

        assertThat(waiting.read()).isEqualTo(Packet.response(PacketType.WORK_STATUS, handle, "3", "7"));
        assertThat(client.statusOfUnique(function).get()).isEqualTo(new UniqueStatus(true, true, 3, 7, 1));
    }

    @Test
    void a_waiting_client_gets_data_and_the_result() throws Exception {
        RawConnection waiting = opened(new RawConnection(server().address()));
        waiting.send(PacketType.SUBMIT_JOB_HIGH, function, "");
        String handle = waiting.read().text(0);
        RawConnection worker = opened(new RawConnection(server().address()));
        worker.send(PacketType.CAN_DO, function);
        worker.send(PacketType.GRAB_JOB_ALL);
        assertThat(worker.read().type()).isEqualTo(PacketType.JOB_ASSIGN_UNIQ);

        worker.send(RawConnection.bytes(Packet.request(PacketType.WORK_DATA, new byte[] {1}, handle)));
        worker.send(RawConnection.bytes(Packet.request(PacketType.WORK_COMPLETE, new byte[] {2}, handle)));

        assertThat(waiting.read()).isEqualTo(Packet.response(PacketType.WORK_DATA, new byte[] {1}, handle));
        assertThat(waiting.read()).isEqualTo(Packet.response(PacketType.WORK_COMPLETE, new byte[] {2}, handle));
    }

    @Test
    void status_counts_jobs_and_workers() throws Exception {
        GearmanClient client = client();
        GearmanAdmin admin = opened(new GearmanAdmin(server().address()));
        for (int i = 0; i < 5; i++) {
            submit(client, "k" + i, "");
        }
        assertThat(admin.status()).containsEntry(function, new FunctionStatus(5, 0, 0));

        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 2);
        AssignedJob first = received.next(2).get(0);
        assertThat(admin.status()).containsEntry(function, new FunctionStatus(5, 2, 1));

        worker.complete(first);
        received.next();
        assertThat(admin.status()).containsEntry(function, new FunctionStatus(4, 2, 1));
        assertThat(admin.status().get(function).waiting()).isEqualTo(2);
    }

    @Test
    void a_worker_is_listed_with_its_name_and_functions() throws Exception {
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker =
                opened(workerBuilder(received).clientId("id-" + function).build());
        submit(client(), "", "");
        worker.complete(received.next());

        assertThat(opened(new GearmanAdmin(server().address())).workers()).anySatisfy(listed -> {
            assertThat(listed.clientId()).isEqualTo("id-" + function);
            assertThat(listed.functions()).containsExactly(function);
            assertThat(listed.address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void a_full_queue_refuses_jobs_until_the_limit_is_lifted() throws Exception {
        GearmanClient client = client();
        GearmanAdmin admin = opened(new GearmanAdmin(server().address()));
        submit(client, "first", "");
        admin.maxQueue(function, 1);

        assertThatThrownBy(() -> client.submitBackground(new Submission(function, "second", new byte[0]))
                        .get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ServerErrorException.class, e -> assertThat(e.code()).isEqualTo("QUEUE_ERROR"))
                .hasMessageContaining("full");
        submit(client, "first", "coalesced, so not refused");
        admin.maxQueue(function, 0);
        submit(client, "third", "");
    }

    @Test
    void the_admin_connection_is_opened_again_when_the_server_was_away() {
        GearmanAdmin admin = opened(new GearmanAdmin(server().address(), Duration.ofSeconds(5)));
        assertThat(admin.version()).isNotEmpty();
        server().kill();
        assertThatThrownBy(admin::version).isInstanceOf(NotConnectedException.class);
        server().start();

        assertThat(admin.version()).isNotEmpty();
        assertThat(admin.status()).isEmpty();
    }
}
