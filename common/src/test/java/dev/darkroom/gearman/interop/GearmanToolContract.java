package dev.darkroom.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobServerContract;
import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ReceivedJobs;
import dev.darkroom.gearman.interop.InstalledProgram.Finished;
import dev.darkroom.gearman.interop.InstalledProgram.Running;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.JobFunction;
import dev.darkroom.gearman.worker.RunningJob;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command {@code gearman} as client and as worker. */
abstract class GearmanToolContract extends JobServerContract {

    private static final byte[] NOTHING = {};
    private static final String LINES = "one\ntwo\nthree\n";

    @BeforeEach
    void require() {
        InstalledProgram.GEARMAN.require();
    }

    @Test
    void what_it_reads_is_the_payload_and_what_it_writes_the_result() {
        weDo(job -> Library.reversed(job.payload()));
        byte[] payload = new byte[70_000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) i;
        }

        assertThat(gearman(payload).succeeded().output()).isEqualTo(Library.reversed(payload));
        assertThat(gearman(NOTHING, "-s").succeeded().output()).isEmpty();
        assertThat(gearman(NOTHING, "-I", "abc").succeeded().text()).isEqualTo("cba");
        assertThat(gearman(NOTHING, "-L", "abc").succeeded().text()).isEqualTo("cba");
    }

    @Test
    void each_line_can_be_a_job() {
        weDo(RunningJob::payload);

        assertThat(gearman(LINES.getBytes(UTF_8), "-n").succeeded().text()).isEqualTo(LINES);
        assertThat(gearman(LINES.getBytes(UTF_8), "-N").succeeded().text()).isEqualTo("onetwothree");
        assertThat(gearman(LINES.getBytes(UTF_8), "-n", "-P").succeeded().lines())
                .containsExactly(function + ": one", function + ": two", function + ": three");
    }

    @Test
    void data_is_written_before_the_result_and_a_failure_is_an_exit_status() {
        weDo(job -> {
            job.sendProgress(1, 2);
            job.sendData("first ".getBytes(UTF_8));
            return "last".getBytes(UTF_8);
        });
        assertThat(gearman(NOTHING, "x").succeeded().text()).startsWith("first last");

        function += "that fails";
        CompletableFuture<GearmanWorker> failing = new CompletableFuture<>();
        failing.complete(worker(job -> failing.join().fail(job), 1));
        assertThat(gearman(NOTHING, "x").exitStatus()).isNotZero();
    }

    @Test
    void its_background_jobs_wait_by_priority_and_unique_key() throws Exception {
        gearman(NOTHING, "-b", "-L", "low").succeeded();
        gearman(NOTHING, "-b", "-u", "key", "normal").succeeded();
        gearman(NOTHING, "-b", "-u", "key", "coalesced").succeeded();
        gearman(NOTHING, "-b", "-I", "high").succeeded();

        ReceivedJobs jobs = new ReceivedJobs();
        GearmanWorker worker = worker(jobs, 1);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AssignedJob job = jobs.next();
            seen.add(text(job));
            worker.complete(job);
        }
        assertThat(seen).containsExactly("high", "normal", "low");
    }

    @Test
    void its_worker_pipes_a_job_through_a_command_and_ends_after_its_count() throws Exception {
        Running worker = itDoes("-c", "2", "--", "tr", "a-z", "A-Z");

        assertThat(weAsk("abc")).containsExactly(complete("ABC"));
        assertThat(weAsk("")).containsExactly(complete(""));
        assertThat(worker.exitStatus()).isZero();
    }

    /** gearman 1.1.20 sends with each line all those before it. */
    @Test
    void its_worker_can_send_data_at_each_line() {
        itDoes("-n", "--", "cat");

        assertThat(weAsk("one\ntwo\n"))
                .containsExactly("data " + Scripts.hex("one\n"), "data " + Scripts.hex("one\ntwo\n"), complete(""));
    }

    @Test
    void its_worker_fails_the_job_of_a_command_that_fails() {
        itDoes("--", "false");

        assertThat(weAsk("x")).containsExactly("fail");
    }

    @Test
    void it_works_with_perl_on_either_side() {
        Scripts.PERL.require();
        opened(Scripts.PERL.start(server().address(), function));
        String prefix = function;
        function = prefix + "reverse";
        assertThat(gearman("a\0b".getBytes(UTF_8)).succeeded().text()).isEqualTo("b\0a");

        function = prefix + "tool";
        itDoes("--", "wc", "-c");
        assertThat(Scripts.PERL.run(server().address(), function, new byte[100_000], Priority.NORMAL))
                .containsExactly(complete("100000\n"));
    }

    private void weDo(JobFunction what) {
        opened(workerBuilder(job -> {})
                .function(function, what)
                .executor(ForkJoinPool.commonPool())
                .build());
    }

    private Running itDoes(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-w"));
        all.addAll(List.of(arguments));
        return opened(InstalledProgram.GEARMAN.start(line(all.toArray(String[]::new))));
    }

    private List<String> weAsk(String payload) {
        return Library.OURS.run(server().address(), function, payload.getBytes(UTF_8), Priority.NORMAL);
    }

    private Finished gearman(byte[] input, String... arguments) {
        return InstalledProgram.GEARMAN.run(input, line(arguments));
    }

    private String[] line(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                "-h",
                server().address().host(),
                "-p",
                Integer.toString(server().address().port()),
                "-f",
                function));
        line.addAll(List.of(arguments));
        return line.toArray(String[]::new);
    }

    private static String complete(String result) {
        return "complete " + HexFormat.of().formatHex(result.getBytes(UTF_8));
    }
}
