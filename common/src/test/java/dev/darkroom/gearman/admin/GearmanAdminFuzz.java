package dev.darkroom.gearman.admin;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.ServerAddress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A hostile server's answers to the text protocol: each is understood, or a {@link GearmanException}. */
public final class GearmanAdminFuzz {

    private static final List<Consumer<GearmanAdmin>> QUESTIONS = List.of(
            GearmanAdmin::status, GearmanAdmin::workers, GearmanAdmin::version, admin -> admin.maxQueue("f", 1));

    private GearmanAdminFuzz() {}

    /** The first byte is the question, the others are the answer, the same at each connection. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        byte[] answer = Arrays.copyOfRange(data, 1, data.length);
        ServerAddress server = new ServerAddress("hostile", 1);
        Duration timeout = Duration.ofSeconds(10);
        try (GearmanAdmin admin = new GearmanAdmin(server, timeout, () -> new TextConnection(new Played(answer)))) {
            for (int i = 0; i < 2; i++) {
                ask(admin, QUESTIONS.get((data[0] & 0xff) % QUESTIONS.size()));
            }
        }
    }

    private static void ask(GearmanAdmin admin, Consumer<GearmanAdmin> question) {
        try {
            question.accept(admin);
        } catch (GearmanException e) {
            if (e.getMessage() == null || !e.getMessage().contains("hostile:1")) {
                throw new AssertionError("An error that does not say which server", e);
            }
        }
    }

    /** A connected socket whose other side says what it was told to say and hangs up. */
    private static final class Played extends Socket {

        private final InputStream in;

        Played(byte[] answer) {
            in = new ByteArrayInputStream(answer);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public synchronized void setSoTimeout(int timeout) {}

        @Override
        public synchronized void close() {}
    }
}
