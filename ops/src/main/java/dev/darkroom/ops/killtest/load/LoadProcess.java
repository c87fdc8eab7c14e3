package dev.darkroom.ops.killtest.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.jobs.death.DeathRegister;
import dev.darkroom.jobs.death.SilentWorkers;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.run.SettlementListeners;
import dev.darkroom.ops.killtest.effects.EffectJobs;
import dev.darkroom.ops.killtest.effects.RemoteService;
import dev.darkroom.ops.killtest.sabotage.Sabotage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/** One process of the load: {@code producer}, {@code relay}, {@code worker}, {@code alone} or {@code remote}, until it
 * is ended. */
public final class LoadProcess {

    static final int THREADS = 8;
    private static final int CONNECTIONS = THREADS + 2;
    private static final int CONNECTION_TIMEOUT_MILLIS = 10_000;
    static final String HOST = "kill-test";

    private LoadProcess() {}

    public static void main(String[] arguments) throws Exception {
        LoadSettings settings = LoadSettings.parse(
                List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        switch (arguments[0]) {
            case "producer" -> produce(settings);
            case "relay" -> relay(settings);
            case "worker" -> WorkerLoad.run(settings, false);
            case "alone" -> WorkerLoad.run(settings, true);
            case "remote" -> serve(settings);
            default -> throw new IllegalArgumentException("No such role: " + arguments[0]);
        }
    }

    private static void produce(LoadSettings settings) throws IOException, InterruptedException {
        Random random = new Random(settings.seed() + settings.number());
        try (HikariDataSource pool = pool(settings);
                JobServers servers = servers(settings, "producer");
                CommitLog log = new CommitLog(settings.file("producer"))) {
            Producer producer = new Producer(
                    ledger(settings, pool, servers),
                    log,
                    new Pace(pool, Clock.systemUTC(), random),
                    settings.number(),
                    random);
            Thread producing = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                producer.stop();
                join(producing);
            }));
            producer.run();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void relay(LoadSettings settings) throws IOException, InterruptedException {
        try (HikariDataSource pool = pool(settings);
                JobServers servers = servers(settings, "relay")) {
            DataSource source = settings.sabotage().on(pool, settings.jobServers());
            Ledger ledger = new Ledger(LoadSettings.DATABASE, pool, EffectJobs.ALL, DirectSubmission.NONE);
            SilentWorkers silent = new SilentWorkers(new DeathRegister(ledger, SettlementListeners.all()));
            servers.relay(LoadSettings.DATABASE, source, List.of(silent));
            awaitEndOfInput();
        }
    }

    private static void serve(LoadSettings settings) throws IOException {
        try (RemoteService service = new RemoteService(settings.remote(), Clock.systemUTC())) {
            awaitEndOfInput();
        }
    }

    static Ledger ledger(LoadSettings settings, DataSource pool, JobServers servers) {
        DirectSubmission direct =
                settings.sabotage() == Sabotage.GATE ? DirectSubmission.NONE : servers.directSubmission();
        DataSource source = settings.sabotage().on(pool, settings.jobServers());
        return new Ledger(LoadSettings.DATABASE, source, EffectJobs.ALL, direct);
    }

    static JobServers servers(LoadSettings settings, String what) {
        return new JobServers(settings.jobServers(), what + "-" + settings.number(), HOST);
    }

    static HikariDataSource pool(LoadSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        // The database may be away when the process starts.
        config.setInitializationFailTimeout(-1);
        // Then HikariCP 7.0.2 must not ask for this: if that connection breaks while it is asked, it takes "unknown"
        // for
        // the answer, wants every later one set to that, and never has one again.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        return new HikariDataSource(config);
    }

    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Only the end means something.
        }
    }
}
