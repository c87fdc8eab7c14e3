package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.admin.GearmanAdmin;
import dev.darkroom.gearman.tls.TestCertificates;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class JobServerMainTlsTest {

    @TempDir
    private Path folder;

    private TestCertificates certificates;

    @BeforeEach
    void make_certificates() throws Exception {
        certificates = new TestCertificates(folder);
    }

    @Test
    void it_speaks_tls_with_the_given_files() throws Exception {
        certificates.issue("client", builder -> builder);
        PipedOutputStream stop = new PipedOutputStream();
        PipedOutputStream said = new PipedOutputStream();
        BufferedReader out = new BufferedReader(new InputStreamReader(new PipedInputStream(said), UTF_8));
        CommandLine command =
                new CommandLine(new JobServerMain(new PipedInputStream(stop), new PrintStream(said, true, UTF_8)));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> command.execute(
                "--port=0",
                "--exit-on-stdin-end",
                "--tls-certificate=" + certificates.chain("server"),
                "--tls-key=" + certificates.key("server"),
                "--tls-client-ca=" + certificates.authorityFile()));

        int port = Integer.parseInt(out.readLine().substring("ready port ".length()));
        try (GearmanAdmin admin = new GearmanAdmin(
                new ServerAddress("127.0.0.1", port),
                Duration.ofSeconds(10),
                certificates
                        .trusting()
                        .clientCertificate(certificates.chain("client"), certificates.key("client"))
                        .build())) {
            assertThat(admin.version()).isEqualTo("1.1-darkroom-embedded");
        }
        stop.close();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void what_is_wrong_with_the_files_is_said_in_one_line() throws Exception {
        certificates.issue("other", builder -> builder);
        Path text = Files.writeString(folder.resolve("text"), "no PEM");
        String chain = "--tls-certificate=" + certificates.chain("server");
        String key = "--tls-key=" + certificates.key("server");

        assertThat(complaint(chain)).contains("both --tls-certificate and --tls-key");
        assertThat(complaint("--tls-client-ca=" + text)).contains("both --tls-certificate and --tls-key");
        assertThat(complaint("--tls-certificate=" + folder.resolve("none"), key))
                .contains("There is no file", "none");
        assertThat(complaint(chain, "--tls-key=" + text)).contains("holds no PKCS#8 private key");
        assertThat(complaint(chain, "--tls-key=" + certificates.key("other")))
                .contains("is not that of the first certificate");
        assertThat(complaint(chain, key, "--tls-client-ca=" + text)).contains("holds no certificate in PEM form");
    }

    /** The first line of the complaint; the usage follows. */
    private static String complaint(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        CommandLine command =
                new CommandLine(new JobServerMain(InputStream.nullInputStream(), new PrintStream(said, true, UTF_8)));
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        command.setErr(new PrintWriter(complaint, true, UTF_8));
        assertThat(command.execute(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString(UTF_8)).isEmpty();
        assertThat(complaint.toString(UTF_8)).doesNotContain("\tat ");
        return complaint.toString(UTF_8).lines().findFirst().orElseThrow();
    }
}
