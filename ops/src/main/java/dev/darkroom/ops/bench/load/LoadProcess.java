package dev.darkroom.ops.bench.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.death.RunFolder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.dispatch.RelayLimits;
import dev.darkroom.jobs.dispatch.RelayWork;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.run.JobHandlers;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * One process of a benchmark: {@code enqueue N}, {@code sustain BACKLOG}, {@code relay} or {@code work NAME}. The first ends when
 * it has enqueued so many, the second when the count {@value #STOP} is not zero; an enqueuer prints how many nanoseconds it
 * took. Relay and worker end with their standard input.
 */
public final class LoadProcess {

    /** The type of the jobs, and their Gearman function. */
    public static final String TYPE = "bench.load";

    /** The count of what has been committed. */
    public static final String ENQUEUED = "enqueued";

    /** Begins the names of the workers' counts of what they have done and recorded. */
    public static final String DONE = "done-";

    public static final String STOP = "stop";

    /** Begins the line with which an enqueuer says how many nanoseconds it took. */
    public static final String TOOK = "took ";

    /** The number of the database. */
    public static final int DATABASE = 1;

    private static final int POOL = 4;
    private static final int THREADS = 2;
    private static final Duration COUNTED = Duration.ofMillis(10);

    private final LoadSettings settings;
    private final DataSource source;
    private final LoadJobs jobs;

    private LoadProcess(LoadSettings settings, DataSource source) {
        this.settings = settings;
        this.source = source;
        this.jobs = LoadJobs.with(settings.features());
    }

    public static void main(String[] arguments) throws Exception {
        LoadSettings settings = LoadSettings.parse(arguments);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setMaximumPoolSize(POOL);
        try (HikariDataSource source = new HikariDataSource(config)) {
            new LoadProcess(settings, source).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        switch (settings.role()) {
            case "enqueue", "sustain" -> enqueue();
            case "relay" -> relay();
            case "work" -> work();
            default -> throw new IllegalArgumentException("No such role: " + settings.role());
        }
    }

    private SharedCount count(String name) throws IOException {
        return SharedCount.open(settings.counts().resolve(name));
    }

    private void enqueue() throws IOException, InterruptedException {
        LoadEnqueuer enqueuer = new LoadEnqueuer(ledger(source, source), jobs, settings.features(), count(ENQUEUED));
        long start = System.nanoTime();
        if (settings.role().equals("enqueue")) {
            enqueuer.enqueue(Integer.parseInt(settings.more()));
        } else {
            List<SharedCount> done = SharedCount.openAll(settings.counts(), DONE);
            SharedCount stop = count(STOP);
            enqueuer.sustain(Long.parseLong(settings.more()), () -> SharedCount.sum(done), () -> stop.get() != 0);
        }
        System.out.println(TOOK + (System.nanoTime() - start));
        System.out.flush();
    }

    private void relay() throws IOException, InterruptedException {
        try (JobServers servers = new JobServers(servers(), "bench-relay", "bench")) {
            servers.relay(DATABASE, source, new RelayWork(List.of(), RelayLimits.alone(JobTypes.of(jobs.type()))));
            awaitEndOfInput();
        }
    }

    private void work() throws IOException, InterruptedException {
        Set<Feature> features = settings.features();
        WorkerIdentity identity = WorkerIdentity.ofThisProcess("bench", "bench", THREADS);
        DataSource outcomes = features.contains(Feature.FENCE) ? source : Unfenced.on(source);
        DataSource beats = features.contains(Feature.HEARTBEAT) ? source : FewBeats.on(source);
        // As in production, so that its cost is measured.
        JobWorker worker = new JobWorker(
                identity,
                servers(),
                List.of(ledger(outcomes, beats)),
                handlers(jobs.type()),
                RunFolder.ofThisUser().recorder(identity.self()),
                Pause.SLEEP);
        if (features.contains(Feature.LISTENER)) {
            worker.listen(new CountingListener());
        }
        worker.start();
        startCounting(worker, count(DONE + settings.more()));
        awaitEndOfInput();
        worker.stop(Duration.ofSeconds(5));
    }

    /** By what the process measures in any case. */
    private static void startCounting(JobWorker worker, SharedCount done) {
        var meter = worker.metrics().meter("jobs." + TYPE + ".database-" + DATABASE + ".done");
        Thread counting = new Thread(
                () -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            done.set(meter.getCount());
                            Pause.SLEEP.pause(COUNTED);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "count");
        counting.setDaemon(true);
        counting.start();
    }

    private static <J extends Job> JobHandlers handlers(JobType<J> type) {
        return new JobHandlers().add(type, (job, context) -> Outcome.done());
    }

    private List<ServerAddress> servers() {
        return List.of(settings.jobServer());
    }

    private Ledger ledger(DataSource outcomes, DataSource beats) {
        return new Ledger(DATABASE, outcomes, beats, JobTypes.of(jobs.type()), DirectSubmission.NONE);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Only the end means something.
        }
    }
}
