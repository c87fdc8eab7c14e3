package dev.darkroom.ops.system;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A whole system on one machine, from the first server to the API, on one data folder. Started once and stopped once;
 * {@link #stop()} may come from another thread, also while {@link #start()} runs. What can't be started is told in an
 * exception; then {@code stop()} leaves nothing running.
 */
public final class DarkroomSystem implements AutoCloseable {

    /** The supervising process, among the names of the parts. */
    static final String SUPERVISOR = "up";

    private final UpOptions options;
    private final Installation installation;
    private final Consumer<String> say;
    private final DataLock lock;
    private final RunFile runFile;
    private final Supervisor supervisor;

    private DarkroomSystem(UpOptions options, Installation installation, Consumer<String> say) {
        this.options = options;
        this.installation = installation;
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
     * @param say told what happens, a line each
     */
    public static DarkroomSystem on(UpOptions options, Installation installation, Consumer<String> say) {
        return new DarkroomSystem(options, installation, say);
    }

    /** Returns when every part is ready. */
    public RunState start() {
        stopLeftovers();
        runFile.process(SUPERVISOR, ProcessHandle.current().pid());
        FreePorts ports = new FreePorts(new SecureRandom());
        int apiPort = options.apiPort() == 0 ? ports.next() : ports.require(options.apiPort(), "--api-port");
        Secrets secrets = new Secrets(options.data());
        Servers servers = Servers.choose(options.given(), ports, secrets);
        runFile.addresses(servers.addresses());
        supervisor.start(new StoreParts(installation, options.data(), servers, secrets).parts(options.given()));
        return startServices(servers, secrets, apiPort);
    }

    private RunState startServices(Servers servers, Secrets secrets, int apiPort) {
        DataFolder data = options.data();
        servers.postgres().createDatabaseIfMissing(PartsFile.DIRECTORY);
        servers.postgres().createDatabaseIfMissing(PartsFile.PHOTOS);
        PartsFile.write(data, servers, secrets);
        runFile.apiAt("http://" + Address.loopback(apiPort));
        return runFile.state();
    }

    /** Stops every part in order, within a minute and a half at worst; a second call waits for the first. */
    public void stop() {
        supervisor.stop();
        runFile.delete();
        lock.close();
    }

    @Override
    public void close() {
        stop();
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
            if (again) {
                say.accept(part + " is running again (pid " + running.pid() + ")");
            }
        }

        @Override
        public void died(String part, String reason, Duration restartIn) {
            String when = restartIn.isZero() ? "now" : "in " + restartIn.toMillis() / 1000.0 + " s";
            say.accept(part + " died, restarting it " + when + ": " + reason);
        }
    }
}
