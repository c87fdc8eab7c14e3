package dev.darkroom.gearman.server;

import dev.darkroom.gearman.ServerTlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a {@link JobServer} as a process of its own until it is told to end. */
@Command(
        name = "job-server",
        mixinStandardHelpOptions = true,
        version = {
            "Darkroom job server " + AdminCommands.VERSION,
            "For the embedded default and for tests. Production runs gearmand."
        },
        description = {
            "A small Gearman job server, for the embedded default and for tests. Production runs gearmand.",
            "Prints 'ready port N' once it listens. Jobs live in memory and end with it. Ends on SIGTERM."
        })
public final class JobServerMain implements Callable<Integer> {

    @Option(names = "--host", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = JobServerSettings.DEFAULT.host();

    @Option(names = "--port", description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port = 4730;

    @Option(
            names = "--job-retries",
            description =
                    "How often a job is handed out when its workers vanish, 0 for ever (default: ${DEFAULT-VALUE}).")
    private int jobRetries = JobServerSettings.DEFAULT.jobRetries();

    @Option(names = "--max-jobs", description = "Refuse jobs beyond this many (default: ${DEFAULT-VALUE}).")
    private int maxJobs = JobServerSettings.DEFAULT.maxJobs();

    @Option(names = "--max-bytes", description = "Refuse jobs beyond this memory (default: half of the heap).")
    private long maxBytes = JobServerSettings.DEFAULT.maxBytes();

    @Option(
            names = "--max-connections",
            description = "Refuse connections beyond this many (default: ${DEFAULT-VALUE}).")
    private int maxConnections = JobServerSettings.DEFAULT.maxConnections();

    @Option(
            names = "--tls-certificate",
            paramLabel = "PEM",
            description = "Speak TLS alone, with this certificate chain, the server's own first; takes --tls-key.")
    private @Nullable Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "PEM",
            description = "The private key of --tls-certificate: PKCS#8, not encrypted.")
    private @Nullable Path tlsKey;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "PEM",
            description = "Take only clients that show a certificate issued by one of these authorities.")
    private @Nullable Path tlsClientAuthorities;

    @Option(names = "--exit-on-stdin-end", description = "End when the standard input ends, as when the starter dies.")
    private boolean exitOnStdinEnd;

    @Spec
    private @Nullable CommandSpec spec;

    private final InputStream input;
    private final PrintStream output;

    JobServerMain(InputStream input, PrintStream output) {
        this.input = input;
        this.output = output;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new JobServerMain(System.in, System.out)).execute(arguments));
    }

    @Override
    public Integer call() {
        JobServerSettings settings = JobServerSettings.DEFAULT
                .withHost(host)
                .withPort(port)
                .withJobRetries(jobRetries)
                .withMaxJobs(maxJobs)
                .withMaxBytes(maxBytes)
                .withMaxConnections(maxConnections);
        ServerTlsSettings tls = tls();
        if (tls != null) {
            settings = settings.withTls(tls);
        }
        try (JobServer server = JobServer.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "job-server-end"));
            if (exitOnStdinEnd) {
                closeWhenInputEnds(server);
            }
            output.println("ready port " + server.port());
            output.flush();
            server.closed().join();
        }
        return CommandLine.ExitCode.OK;
    }

    private @Nullable ServerTlsSettings tls() {
        if (tlsCertificate == null && tlsKey == null && tlsClientAuthorities == null) {
            return null;
        }
        if (tlsCertificate == null || tlsKey == null) {
            throw wrong("TLS takes both --tls-certificate and --tls-key: give the one that is missing");
        }
        try {
            ServerTlsSettings tls = ServerTlsSettings.of(tlsCertificate, tlsKey);
            return tlsClientAuthorities == null ? tls : tls.requiringClientCertificates(tlsClientAuthorities);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private void closeWhenInputEnds(JobServer server) {
        Thread watcher = new Thread(
                () -> {
                    readToEnd();
                    server.close();
                },
                "job-server-stdin");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void readToEnd() {
        byte[] ignored = new byte[256];
        try {
            int read = input.read(ignored);
            while (read >= 0) {
                read = input.read(ignored);
            }
        } catch (IOException e) {
            // A broken standard input is an ended one.
        }
    }
}
