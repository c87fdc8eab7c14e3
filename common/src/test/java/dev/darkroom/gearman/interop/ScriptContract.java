package dev.darkroom.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerContract;
import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ReceivedJobs;
import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.UniqueStatus;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scripting language's library can do beyond one foreground job, with this project's client and worker. */
abstract class ScriptContract extends JobServerContract {

    private static final byte[] NOTHING = {};

    @ParameterizedTest
    @EnumSource
    void background_jobs_go_by_priority(Scripts language) throws Exception {
        language.require();
        language.submit(server().address(), function, "", bytes("low"), Priority.LOW);
        language.submit(server().address(), function, "", bytes("normal"), Priority.NORMAL);
        language.submit(server().address(), function, "", bytes("high"), Priority.HIGH);

        ReceivedJobs jobs = new ReceivedJobs();
        GearmanWorker worker = worker(jobs, 1);
        for (String expected : List.of("high", "normal", "low")) {
            AssignedJob job = jobs.next();
            assertThat(text(job)).isEqualTo(expected);
            worker.complete(job);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_unique_key_stands_for_one_job(Scripts language) throws Exception {
        language.require();
        String first = language.submit(server().address(), function, "schlüssel", bytes("1"), Priority.NORMAL);
        String second = language.submit(server().address(), function, "schlüssel", bytes("2"), Priority.NORMAL);

        assertThat(second).isEqualTo(first);
        ReceivedJobs jobs = new ReceivedJobs();
        GearmanWorker worker = worker(jobs, 2);
        AssignedJob job = jobs.next();
        assertThat(job.uniqueKey()).isEqualTo("schlüssel");
        assertThat(job.handle().value()).isEqualTo(first);
        worker.complete(job);
        worker.quiet().get(10, TimeUnit.SECONDS);
        assertThat(jobs.waiting()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_handle_tells_how_far_its_job_is(Scripts language) throws Exception {
        language.require();
        String handle = language.submit(server().address(), function, "", bytes("x"), Priority.NORMAL);
        assertThat(language.status(server().address(), handle)).isEqualTo("known 1 running 0 0/0");

        ReceivedJobs jobs = new ReceivedJobs();
        GearmanWorker worker = worker(jobs, 1);
        AssignedJob job = jobs.next();
        worker.sendProgress(job, 3, 10);
        awaitStatus(language, handle, "known 1 running 1 3/10");
        worker.complete(job);
        awaitStatus(language, handle, "known 0 running 0 0/0");
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_gives_up_hears_of_a_failure(Scripts language) {
        language.require();
        assertThat(language.run(server().address(), function, bytes("x"), 0.2)).containsExactly("fail");
    }

    @ParameterizedTest
    @EnumSource
    void several_jobs_run_at_once(Scripts language) throws Exception {
        language.require();
        opened(workerBuilder(job -> {})
                .function(function, job -> Library.reversed(job.payload()))
                .executor(ForkJoinPool.commonPool())
                .capacity(3)
                .build());

        assertThat(language.together(server().address(), function, List.of("ab", "cd", "ef")))
                .containsExactlyInAnyOrder(
                        "complete " + Scripts.hex("ba"),
                        "complete " + Scripts.hex("dc"),
                        "complete " + Scripts.hex("fe"));
    }

    @ParameterizedTest
    @EnumSource
    void its_worker_does_our_background_jobs(Scripts language) throws Exception {
        language.require();
        GearmanClient client = client();
        function += "reverse";
        submit(client, "done?" + function, "payload");
        assertThat(status(client)).isEqualTo(new UniqueStatus(true, false, 0, 0, 0));

        opened(language.start(server().address(), function.substring(0, function.length() - "reverse".length())));
        UniqueStatus status = status(client);
        while (status.known()) {
            status = status(client);
        }
        assertThat(status).isEqualTo(UniqueStatus.UNKNOWN);
    }

    @Test
    void php_pings_calls_one_by_one_and_sees_unique_keys() throws Exception {
        Scripts.PHP.require();
        opened(Scripts.PHP.start(server().address(), function));

        assertThat(Scripts.PHP.ask(server().address(), bytes("echo"), "ping")).containsExactly("pong");
        for (String priority : List.of("normal", "high", "low")) {
            assertThat(Scripts.PHP.ask(
                            server().address(), bytes("ab"), "do", Scripts.hex(function + "reverse"), priority))
                    .containsExactly("complete " + Scripts.hex("ba"));
        }
        assertThat(Scripts.PHP.ask(
                        server().address(),
                        bytes("x"),
                        "run",
                        Scripts.hex(function + "unique"),
                        "normal",
                        Scripts.hex("my key")))
                .containsExactly("complete " + Scripts.hex("my key"));
        Scripts.PHP.submit(server().address(), function, "waits " + function, bytes("x"), Priority.NORMAL);
        assertThat(Scripts.PHP.ask(server().address(), NOTHING, "statusOfUnique", Scripts.hex("waits " + function)))
                .containsExactly("known 1 running 0 0/0");
    }

    /** Whoever asks is another connection than the worker's, so that it may be answered before the worker is heard. */
    private void awaitStatus(Scripts language, String handle, String expected) {
        String status = language.status(server().address(), handle);
        while (!status.equals(expected)) {
            status = language.status(server().address(), handle);
        }
    }

    private UniqueStatus status(GearmanClient client) throws Exception {
        return client.statusOfUnique("done?" + function).get(10, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
