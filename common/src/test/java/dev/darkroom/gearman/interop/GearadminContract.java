package dev.darkroom.gearman.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.JobServerContract;
import dev.darkroom.gearman.ReceivedJobs;
import dev.darkroom.gearman.interop.InstalledProgram.Finished;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every option of the command {@code gearadmin}: the same exit status and the same shape of output from both servers. */
abstract class GearadminContract extends JobServerContract {

    private static final byte[] NOTHING = {};

    @BeforeEach
    void require() {
        InstalledProgram.GEARADMIN.require();
    }

    @Test
    void functions_are_made_and_dropped() {
        assertThat(lines("--create-function", function)).containsExactly("OK");
        assertThat(lines("--create-function", function)).containsExactly("OK");
        assertThat(lines("--status")).contains(function + "\t0\t0\t0").endsWith(".");
        assertThat(lines("--drop-function", function)).containsExactly("OK");
        assertThat(lines("--status").toString()).doesNotContain(function);

        assertThat(complaint("--drop-function", function)).isEqualTo("Error: function not found");
    }

    @Test
    void jobs_and_workers_are_counted() throws Exception {
        JobHandle first = submit(client(), "key of " + function, "x");
        submit(client(), "", "y");
        assertThat(lines("--status")).contains(function + "\t2\t0\t0").endsWith(".");
        assertThat(lines("--priority-status"))
                .contains(function + "\t0\t2\t0\t0")
                .endsWith(".");
        assertThat(lines("--show-jobs"))
                .anyMatch(line -> line.startsWith(first.value() + "\t"))
                .allMatch(line -> line.matches("H:.+:\\d+\\t\\d+\\t[01]\\t[01]|\\."))
                .endsWith(".");
        assertThat(lines("--show-unique-jobs")).contains("key of " + function).endsWith(".");

        ReceivedJobs jobs = new ReceivedJobs();
        GearmanWorker worker = worker(jobs, 2);
        List<AssignedJob> assigned = jobs.next(2);
        assertThat(lines("--status")).contains(function + "\t2\t2\t1");
        assertThat(lines("--workers"))
                .anyMatch(line -> line.matches("\\d+ 127\\.0\\.0\\.1 \\S+ : .*" + function + ".*"))
                .endsWith(".");
        assertThat(complaint("--drop-function", function))
                .isEqualTo("Error: there are still connected workers or executing clients");
        worker.complete(assigned);
    }

    @Test
    void a_job_that_waits_is_cancelled_and_one_that_is_none_is_an_error() throws Exception {
        JobHandle handle = submit(client(), "", "x");
        assertThat(lines("--cancel-job", handle.value())).containsExactly("OK");
        submit(client(), "", "kept");

        ReceivedJobs jobs = new ReceivedJobs();
        GearmanWorker worker = worker(jobs, 1);
        AssignedJob job = jobs.next();
        assertThat(text(job)).isEqualTo("kept");
        worker.complete(job);

        assertThat(complaint("--cancel-job", "H:nowhere:1")).isEqualTo("Error: UNKNOWN_JOB");
    }

    @Test
    void the_server_tells_of_itself() {
        assertThat(lines("--getpid")).singleElement().asString().matches("\\d+");
        assertThat(lines("--server-version")).singleElement().asString().matches("\\d\\S*");
        assertThat(lines("--server-verbose")).singleElement().asString().matches("[A-Z]+");
    }

    /** gearadmin 1.1.20 has lost the option. */
    @Test
    void it_cannot_be_told_to_shut_the_server_down() {
        assertThat(gearadmin("--shutdown").exitStatus()).isEqualTo(1);
        assertThat(lines("--status")).endsWith(".");
    }

    private List<String> lines(String... arguments) {
        return gearadmin(arguments).succeeded().lines();
    }

    /** An error of the server, which is no error of the program. */
    private String complaint(String... arguments) {
        Finished finished = gearadmin(arguments).succeeded();
        return (finished.text() + finished.errors()).strip();
    }

    private Finished gearadmin(String... arguments) {
        String[] line = new String[arguments.length + 4];
        line[0] = "-h";
        line[1] = server().address().host();
        line[2] = "-p";
        line[3] = Integer.toString(server().address().port());
        System.arraycopy(arguments, 0, line, 4, arguments.length);
        return InstalledProgram.GEARADMIN.run(NOTHING, line);
    }
}
