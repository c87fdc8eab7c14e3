package dev.darkroom.ops.bench.process;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.death.RunFolder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * One process of a benchmark: {@code enqueue N}, {@code commit CONNECTIONS [LANES]}, {@code relay}, {@code work} or
 * {@code turn}, until its standard input ends. An enqueuer prints how many nanoseconds it took.
 */
public final class BenchProcess {

    /** The number of the database. */
    public static final int DATABASE = 1;

    private static final int BATCH = 1_000;
    private static final int CONNECTIONS = 2;
    private static final int POOL = 4;
    private static final int THREADS = 2;

    private BenchProcess() {}

    public static void main(String[] arguments) throws Exception {
        String role = arguments[0];
        ServerAddress gearman = ServerAddress.parse(arguments[1]);
        int connections = role.equals("commit") ? Integer.parseInt(arguments[3]) : POOL;
        try (HikariDataSource source = source(arguments[2], connections)) {
            switch (role) {
                case "enqueue" -> enqueue(source, Integer.parseInt(arguments[3]));
                case "commit" -> commit(source, connections, jobs(arguments));
                case "relay" -> relay(source, gearman);
                case "work" ->
                    work(source, gearman, new JobHandlers().add(NoOp.TYPE, (job, context) -> Outcome.done()));
                case "turn" -> work(source, gearman, new JobHandlers().add(TurningJob.TYPE, TurningJob.HANDLER));
                default -> throw new IllegalArgumentException("No such role: " + role);
            }
        }
    }

    private static HikariDataSource source(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    private static void enqueue(HikariDataSource source, int count) throws InterruptedException {
        Ledger ledger = ledger(source);
        long start = System.nanoTime();
        Thread[] threads = new Thread[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            int share = count / CONNECTIONS + (i < count % CONNECTIONS ? 1 : 0);
            threads[i] = new Thread(() -> enqueueShare(ledger, share), "enqueue-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("took " + (System.nanoTime() - start));
        System.out.flush();
    }

    private static void enqueueShare(Ledger ledger, int count) {
        for (int done = 0; done < count; done += BATCH) {
            List<NewJob> jobs = Collections.nCopies(Math.min(BATCH, count - done), NewJob.now(new NoOp()));
            ledger.inTransaction(transaction -> {
                transaction.enqueue(jobs);
                return jobs.size();
            });
        }
    }

    private static Supplier<Job> jobs(String[] arguments) {
        if (arguments.length < 5) {
            return NoOp::new;
        }
        int lanes = Integer.parseInt(arguments[4]);
        return () -> new TurningJob(ThreadLocalRandom.current().nextInt(lanes), true);
    }

    private static void commit(HikariDataSource source, int threads, Supplier<Job> jobs)
            throws IOException, InterruptedException, ExecutionException {
        Ledger ledger = ledger(source);
        BufferedReader rounds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String millis = rounds.readLine(); millis != null; millis = rounds.readLine()) {
            System.out.println(SingleEnqueuer.round(ledger, jobs, threads, Duration.ofMillis(Long.parseLong(millis))));
            System.out.flush();
        }
    }

    private static void relay(HikariDataSource source, ServerAddress gearman) throws IOException, InterruptedException {
        try (JobServers servers = new JobServers(List.of(gearman), "bench-relay", "bench")) {
            servers.relay(DATABASE, source);
            awaitEndOfInput();
        }
    }

    private static void work(HikariDataSource source, ServerAddress gearman, JobHandlers handlers)
            throws IOException, InterruptedException {
        WorkerIdentity identity = WorkerIdentity.ofThisProcess("bench", "bench", THREADS);
        // As in production, so that its cost is measured.
        JobWorker worker = new JobWorker(
                identity,
                List.of(gearman),
                List.of(ledger(source)),
                handlers,
                RunFolder.ofThisUser().recorder(identity.self()),
                Pause.SLEEP);
        worker.start();
        awaitEndOfInput();
        worker.stop(Duration.ofSeconds(5));
    }

    /** One that knows the types of all jobs of these processes; nothing is submitted directly. */
    public static Ledger ledger(DataSource source) {
        return new Ledger(DATABASE, source, JobTypes.of(NoOp.TYPE, TurningJob.TYPE), DirectSubmission.NONE);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Only the end means something.
        }
    }
}
