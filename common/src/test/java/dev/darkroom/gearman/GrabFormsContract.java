package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.GrabForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three ways to ask for a job, and what each tells about it. */
abstract class GrabFormsContract extends JobServerContract {

    @ParameterizedTest
    @EnumSource(GrabForm.class)
    void any_form_brings_the_whole_job(GrabForm form) throws Exception {
        submit(client(), "key", "payload");

        AssignedJob job = grab(form);

        assertThat(job.function()).isEqualTo(function);
        assertThat(text(job)).isEqualTo("payload");
        assertThat(job.uniqueKey()).isEqualTo(form == GrabForm.GRAB_JOB ? "" : "key");
        assertThat(job.reducer()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(GrabForm.class)
    void the_reducer_is_known_to_who_asks_for_all(GrabForm form) throws Exception {
        RawConnection client = opened(new RawConnection(server().address()));
        client.send(RawConnection.bytes(Packet.request(
                PacketType.SUBMIT_REDUCE_JOB_BACKGROUND, "payload".getBytes(UTF_8), function, "key", "sum", "0")));
        assertThat(client.read().type()).isEqualTo(PacketType.JOB_CREATED);

        AssignedJob job = grab(form);

        assertThat(text(job)).isEqualTo("payload");
        assertThat(job.reducer()).isEqualTo(form == GrabForm.GRAB_JOB_ALL ? "sum" : "");
    }

    @Test
    void who_submits_a_reduce_job_and_waits_gets_its_result() throws Exception {
        RawConnection client = opened(new RawConnection(server().address()));
        client.send(RawConnection.bytes(
                Packet.request(PacketType.SUBMIT_REDUCE_JOB, "payload".getBytes(UTF_8), function, "", "sum", "0")));
        assertThat(client.read().type()).isEqualTo(PacketType.JOB_CREATED);
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = worker(received, 1);

        worker.complete(received.next(), "result".getBytes(UTF_8));

        assertThat(client.read().payload()).isEqualTo("result".getBytes(UTF_8));
    }

    private AssignedJob grab(GrabForm form) throws InterruptedException {
        ReceivedJobs received = new ReceivedJobs();
        GearmanWorker worker = opened(workerBuilder(received).grabForm(form).build());
        AssignedJob job = received.next();
        worker.complete(job);
        return job;
    }
}
