package dev.darkroom.ops.system;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.shards.Shards;
import dev.darkroom.shards.schema.SchemaMigration;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole system on one machine, from the first server to the API, on one data folder. Started once and stopped once;
 * {@link #stop()} may come from another thread, also while {@link #start()} runs. What can't be started is told in an
 * exception; then {@code stop()} leaves nothing running.
 */
public final class DarkroomSystem implements AutoCloseable {

    /** The supervising process, among the names of the parts. */
    static final String SUPERVISOR = "up";

    private static final Logger LOG = LoggerFactory.getLogger(DarkroomSystem.class);

    private static final int CONNECTIONS_OF_A_WORKER = 4;

    /** Serves many at once, where a worker has a few threads. */
    private static final int CONNECTIONS_OF_THE_API = 16;

    private final UpOptions options;
    private final ProgramCopy programs;
    private final Consumer<String> say;
    private final DataLock lock;
    private final RunFile runFile;
    private final Supervisor supervisor;
    private volatile @Nullable WorkerDeaths deaths;

    private DarkroomSystem(UpOptions options, ProgramCopy programs, Consumer<String> say) {
        this.options = options;
        this.programs = programs;
        this.say = say;
        options.data().prepare();
        this.lock = DataLock.take(options.data());
        this.runFile = new RunFile(options.data());
        int startsAtOnce = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.supervisor = new Supervisor(startsAtOnce, new Told());
    }

    /**
     * Takes the data folder.
     *
     * @param programs what the processes run from
     * @param say told what happens, a line each
     */
    public static DarkroomSystem on(UpOptions options, ProgramCopy programs, Consumer<String> say) {
        return new DarkroomSystem(options, programs, say);
    }

    /** Returns when every part is ready. */
    public RunState start() {
        stopLeftovers();
        tidyUp();
        runFile.process(SUPERVISOR, ProcessHandle.current().pid());
        DataFolder data = options.data();
        FreePorts ports = new FreePorts(new SecureRandom());
        int apiPort = options.apiPort() == 0 ? ports.next() : ports.require(options.apiPort(), "--api-port");
        Secrets secrets = new Secrets(data);
        ShardMap shards = ShardMap.of(data, options);
        Servers servers = Servers.choose(options.given(), shards.numbers(), ports, secrets);
        runFile.addresses(servers.addresses());
        say.accept("starting the stores and the job server");
        supervisor.start(new StoreParts(programs, data, servers, secrets).parts(options.given()));
        prepareDatabases(new PartsFile(data, servers, shards, secrets));
        startServices(ApiFile.write(data, apiPort, ports.next()));
        runFile.apiAt("http://" + Address.loopback(apiPort));
        return runFile.state();
    }

    private void prepareDatabases(PartsFile file) {
        Servers servers = file.servers();
        servers.directory().createDatabaseIfMissing(PartsFile.DIRECTORY);
        servers.postgres().forEach((number, server) -> server.createDatabaseIfMissing(PartsFile.databaseName(number)));
        file.write(options.data().partsFile(), CONNECTIONS_OF_A_WORKER);
        file.write(options.data().apiPartsFile(), CONNECTIONS_OF_THE_API);
        SchemaMigration.migrate(parts());
        if (options.given().s3() != null) {
            S3Bucket.ensure(parts().s3());
        }
    }

    private void startServices(Path apiFile) {
        say.accept("starting the API, the relays and the workers");
        try (Shards shards = Shards.open(parts(), new JobTypes(FollowJobs.all()), DirectSubmission.NONE)) {
            Accounts accounts = new Accounts(options.data(), shards);
            Accounts.Made made = accounts.ensure();
            runFile.accounts(made.client(), made.demoUser());
            deaths = WorkerDeaths.start(parts(), options.data());
            supervisor.start(new ServiceParts(programs, options.data()).parts(apiFile));
            accounts.awaitEdges(made);
        }
    }

    private PartsConfiguration parts() {
        return PartsConfiguration.load(options.data().partsFile());
    }

    /** Stops every part in order, within a minute and a half at worst; a second call waits for the first. */
    public void stop() {
        WorkerDeaths watch = deaths;
        if (watch != null) {
            watch.close();
        }
        supervisor.stop();
        runFile.delete();
        lock.close();
    }

    @Override
    public void close() {
        stop();
    }

    private void tidyUp() {
        options.data().rotateLogs();
        try {
            programs.removeOthers();
        } catch (IOException e) {
            throw options.data().unusable(e);
        }
    }

    private void stopLeftovers() {
        RunFile.read(options.data())
                .map(Leftovers::stop)
                .filter(names -> !names.isEmpty())
                .ifPresent(names -> say.accept("stopped what an earlier start had left: " + String.join(", ", names)));
    }

    /** Keeps the run file current and tells the operator. */
    private final class Told implements PartListener {

        @Override
        public void ready(String part, RunningPart running, boolean again) {
            runFile.process(part, running.pid());
            LOG.info("{} is ready, pid {}", part, running.pid());
            if (again) {
                say.accept(part + " is running again (pid " + running.pid() + ")");
            }
        }

        @Override
        public void ended(String part, long pid, int code) {
            WorkerDeaths watch = deaths;
            if (watch != null) {
                watch.ended(pid, code);
            }
        }

        @Override
        public void died(String part, String reason, Duration restartIn) {
            String when = restartIn.isZero() ? "now" : "in " + restartIn.toMillis() / 1000.0 + " s";
            LOG.warn("{} died, restarting it in {}: {}", part, restartIn, reason);
            say.accept(part + " died, restarting it " + when + ": " + reason);
        }
    }
}
