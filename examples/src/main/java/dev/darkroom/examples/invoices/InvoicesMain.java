package dev.darkroom.examples.invoices;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.server.JobServer;
import dev.darkroom.gearman.server.JobServerSettings;
import dev.darkroom.jobs.death.FlightRecorder;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.LedgerSchema;
import dev.darkroom.jobs.run.JobWorker;
import dev.darkroom.jobs.run.WorkerIdentity;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes some invoices and waits until all are mailed: enqueuer, relay and worker in one process. */
@Command(
        name = "invoices",
        mixinStandardHelpOptions = true,
        description = "Writes invoices into PostgreSQL and mails them to standard output, as jobs.")
public final class InvoicesMain implements Callable<Integer> {

    private static final int DATABASE = 1;
    private static final String HOST = "localhost";

    @Option(
            names = "--jdbc",
            required = true,
            paramLabel = "URL",
            description = "An empty database, such as jdbc:postgresql://127.0.0.1/invoices?user=ana")
    private String jdbc = "";

    @Option(
            names = "--gearman",
            paramLabel = "HOST:PORT",
            description = "A job server; without it one runs inside this process.")
    private @Nullable String gearman;

    @Option(names = "--invoices", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 20;

    private InvoicesMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new InvoicesMain()).execute(arguments);
    }

    @Override
    public Integer call() throws SQLException, InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbc);
        try (HikariDataSource source = new HikariDataSource(config)) {
            LedgerSchema.migrate(source, DATABASE);
            try (Connection connection = source.getConnection()) {
                Invoices.createTables(connection);
            }
            if (gearman != null) {
                return mail(source, ServerAddress.parse(gearman));
            }
            try (JobServer server = JobServer.start(JobServerSettings.DEFAULT.withPort(0))) {
                return mail(source, new ServerAddress("127.0.0.1", server.port()));
            }
        }
    }

    private int mail(HikariDataSource source, ServerAddress server) throws InterruptedException {
        CountDownLatch mailed = new CountDownLatch(count);
        PrintStream out = System.out;
        PostOffice post = (key, letter) -> {
            out.println(key + ": " + letter);
            mailed.countDown();
        };
        List<ServerAddress> servers = List.of(server);
        try (JobServers submitting = new JobServers(servers, "invoices", HOST)) {
            submitting.relay(DATABASE, source);
            Ledger ledger = new Ledger(DATABASE, source, InvoiceJobs.TYPES, submitting.directSubmission());
            try (JobWorker worker = new JobWorker(
                    WorkerIdentity.ofThisProcess("invoices", HOST, 4),
                    servers,
                    List.of(ledger),
                    InvoiceHandlers.with(post),
                    FlightRecorder.NONE,
                    Pause.SLEEP)) {
                worker.start();
                Invoices invoices = new Invoices(ledger);
                for (int i = 0; i < count; i++) {
                    invoices.write(i % 3 == 0 ? "ana" : "bob", 100L + i);
                }
                boolean all = mailed.await(60, TimeUnit.SECONDS);
                worker.stop(Duration.ofSeconds(5));
                out.println(all ? "all mailed; reminders wait for two weeks" : "some are not mailed: run it again");
                return all ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            }
        }
    }
}
