package dev.darkroom.jobs.death;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.pulse.LoopWatch;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobListener;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** A worker process of its own, in which the steps of the owner {@value #POISON} kill it. */
public final class FatalWorker {

    static final String POISON = "poison";
    static final String HALTS = "halts";

    /** As a role: no job ever ends, whatever interrupts it. */
    static final String HANGS = "hangs";

    /** As a role: jobs never end and may take their time to heed an interrupt, so that no thread is given up. */
    static final String HANGS_PATIENTLY = "hangs-patiently";

    /** As a role: the loop that settles stands still after the first job. */
    static final String SETTLES_ONE = "settles-one";

    static final int STUCK = 70;

    private static final JobType<Step> PATIENT = JobType.named("test.step", Step.class)
            .lane(Step::owner)
            .timeout(Duration.ofMillis(500))
            .grace(Duration.ofMinutes(5))
            .build();

    private FatalWorker() {}

    /** @param arguments JDBC address, port of the job server, run folder, and {@code alone} for jobs under suspicion */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(arguments[0]);
        WorkerIdentity open = WorkerIdentity.ofThisProcess(arguments[3], "here", 2);
        WorkerIdentity identity = arguments[3].equals("alone") ? open.forJobsUnderSuspicion() : open;
        JobWorker worker = new JobWorker(
                identity,
                List.of(ServerAddress.parse("127.0.0.1:" + arguments[1])),
                List.of(new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE)),
                handlers(arguments[3]),
                new RunFolder(Path.of(arguments[2])).recorder(identity.self()),
                Pause.SLEEP);
        if (arguments[3].equals(SETTLES_ONE)) {
            worker.listen(new StandStill());
            new LoopWatch(Duration.ofSeconds(5), worker.pulses(), () -> end(worker), Pause.SLEEP).start();
        }
        worker.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Only the end means something.
        }
        worker.stop(Duration.ofSeconds(2));
    }

    private static JobHandlers handlers(String role) {
        return switch (role) {
            case HANGS_PATIENTLY -> new JobHandlers().add(PATIENT, (step, context) -> hang());
            case HANGS -> new JobHandlers().add(TestJobs.STEP, (step, context) -> hang());
            default -> new JobHandlers().add(TestJobs.STEP, (step, context) -> run(step));
        };
    }

    private static void end(JobWorker worker) {
        worker.endsAtOnce();
        Runtime.getRuntime().halt(STUCK);
    }

    private static final class StandStill implements JobListener {

        @Override
        public void settled(JobType<?> type, JobContext context, Settlement settlement, Duration runTime) {
            hang();
        }
    }

    private static Outcome hang() {
        while (true) {
            LockSupport.park();
        }
    }

    private static Outcome run(Step step) throws IOException, InterruptedException {
        if (step.owner().equals(POISON)) {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        }
        if (step.owner().equals(HALTS)) {
            Runtime.getRuntime().halt(7);
        }
        return Outcome.done().writing(transaction -> {
            try (PreparedStatement insert = transaction
                    .connection()
                    .prepareStatement("INSERT INTO jobs.test_effect VALUES (?, clock_timestamp())")) {
                insert.setInt(1, step.number());
                insert.executeUpdate();
            }
        });
    }
}
