package dev.darkroom.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an {@link EmbeddedS3} as a process of its own until SIGTERM, Ctrl-C or, if asked, the end of its input. */
@Command(
        name = "darkroom-s3",
        mixinStandardHelpOptions = true,
        description = "Serves a folder as S3 on 127.0.0.1. Every request must be signed.",
        exitCodeOnExecutionException = 1)
public final class S3Main implements Callable<Integer> {

    /** The secret comes from the environment: a command line can be read by every user of the machine. */
    public static final String SECRET_VARIABLE = "DARKROOM_S3_SECRET_KEY";

    @Option(names = "--folder", required = true, description = "Where objects lie: FOLDER/BUCKET/KEY.")
    private Path folder = Path.of("s3");

    @Option(names = "--port", defaultValue = "0", description = "0, the default, takes a free one.")
    private int port;

    @Option(names = "--access-key", required = true, description = "The secret is read from $" + SECRET_VARIABLE + ".")
    private String accessKey = "";

    @Option(names = "--bucket", description = "Made when missing; may be repeated.")
    private List<String> buckets = List.of();

    @Option(
            names = "--exit-on-stdin-end",
            description = "Stop when standard input ends, that is when the starter dies.")
    private boolean exitOnStdinEnd;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Logging is set up before its first use: warnings only, whatever else the class path configures. */
    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "dev/darkroom/embedded/s3-logback.xml");
        System.exit(new CommandLine(new S3Main())
                .setExecutionExceptionHandler(S3Main::explain)
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        String secret = Optional.ofNullable(System.getenv(SECRET_VARIABLE))
                .orElseThrow(() -> new EmbeddedServerException("Set " + SECRET_VARIABLE + " to the secret key."));
        CountDownLatch inputEnded = new CountDownLatch(1);
        try (EmbeddedS3 s3 = EmbeddedS3.start(folder, port, new S3Credentials(accessKey, secret), buckets)) {
            Runtime.getRuntime().addShutdownHook(new Thread(s3::stop, "s3/stop"));
            PrintWriter output = spec.commandLine().getOut();
            output.println("ready port " + s3.port());
            output.flush();
            if (exitOnStdinEnd) {
                watchInput(inputEnded);
            }
            inputEnded.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private static void watchInput(CountDownLatch ended) {
        Thread watcher = new Thread(
                () -> {
                    try (InputStream input = System.in) {
                        input.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println("Standard input failed, stopping: " + e.getMessage());
                    } finally {
                        ended.countDown();
                    }
                },
                "s3/starter-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(failure instanceof EmbeddedServerException)) {
            throw failure;
        }
        command.getErr().println(failure.getMessage());
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
