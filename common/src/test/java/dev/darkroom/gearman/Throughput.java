package dev.darkroom.gearman;

import dev.darkroom.gearman.client.GearmanClient;
import dev.darkroom.gearman.client.Submission;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.worker.GearmanWorker;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * Submits and drains jobs over one connection, once with a bare socket and once with this library, and prints jobs per
 * second. Not a test: run {@code main} with the address of a job server that has nothing else to do.
 */
final class Throughput {

    private static final int JOBS = 500_000;
    private static final int IN_FLIGHT = 2_000;
    private static final byte[] PAYLOAD = new byte[200];

    private final ServerAddress server;

    private Throughput(ServerAddress server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        Throughput throughput = new Throughput(ServerAddress.parse(arguments[0]));
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        for (int round = 1; round <= rounds; round++) {
            double bareSubmit = throughput.rate(throughput::submitBare);
            double bareDrain = throughput.rate(throughput::drainBare);
            double submit = throughput.rate(throughput::submit);
            double drain = throughput.rate(throughput::drain);
            System.out.printf(
                    "round %d: submit %,.0f/s (bare %,.0f/s, ratio %.2f)  drain %,.0f/s (bare %,.0f/s, ratio %.2f)%n",
                    round, submit, bareSubmit, submit / bareSubmit, drain, bareDrain, drain / bareDrain);
        }
    }

    private interface Run {
        void run() throws Exception;
    }

    private double rate(Run run) throws Exception {
        long start = System.nanoTime();
        run.run();
        return JOBS * 1e9 / (System.nanoTime() - start);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The latch is what is waited for.
    private void submit() throws Exception {
        CountDownLatch done = new CountDownLatch(JOBS);
        try (GearmanClient client = GearmanClient.builder()
                .servers(List.of(server))
                .maxInFlight(IN_FLIGHT)
                .build()) {
            client.awaitConnected(Duration.ofSeconds(5));
            for (int i = 0; i < JOBS; i++) {
                client.submitBackgroundWaiting(new Submission("bench", "k" + i, PAYLOAD))
                        .whenComplete((handle, failure) -> done.countDown());
            }
            done.await();
        }
    }

    private void drain() throws Exception {
        CountDownLatch done = new CountDownLatch(JOBS);
        GearmanWorker[] self = new GearmanWorker[1];
        CountDownLatch ready = new CountDownLatch(1);
        try (GearmanWorker worker = GearmanWorker.builder()
                .servers(List.of(server))
                .capacity(IN_FLIGHT)
                .receiver(job -> {
                    self[0].complete(job);
                    done.countDown();
                })
                .build()) {
            self[0] = worker;
            worker.addFunction("bench");
            ready.countDown();
            done.await();
        }
    }

    private void submitBare() throws Exception {
        try (Socket socket = socket()) {
            Semaphore window = new Semaphore(IN_FLIGHT);
            Thread reader = new Thread(() -> readBare(socket, window), "bare-reader");
            reader.start();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            for (int i = 0; i < JOBS; i++) {
                if (!window.tryAcquire()) {
                    out.flush();
                    window.acquire();
                }
                out.write(bare(18, "bench\0k" + i + "\0", PAYLOAD));
            }
            out.flush();
            reader.join();
        }
    }

    private static void readBare(Socket socket, Semaphore window) {
        try {
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 65536));
            for (int i = 0; i < JOBS; i++) {
                readPacket(in);
                window.release();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void drainBare() throws Exception {
        try (Socket socket = socket()) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            java.io.BufferedInputStream buffered = new java.io.BufferedInputStream(socket.getInputStream(), 65536);
            DataInputStream in = new DataInputStream(buffered);
            out.write(bare(1, "bench", new byte[0]));
            byte[] grab = bare(30, "", new byte[0]);
            int asked = 0;
            for (; asked < IN_FLIGHT; asked++) {
                out.write(grab);
            }
            for (int i = 0; i < JOBS; i++) {
                if (buffered.available() < 12) {
                    out.flush();
                }
                byte[] body = readPacket(in);
                int nul = 0;
                while (body[nul] != 0) {
                    nul++;
                }
                out.write(bare(
                        13, new String(body, 0, nul + 1, java.nio.charset.StandardCharsets.ISO_8859_1), new byte[0]));
                if (asked < JOBS) {
                    out.write(grab);
                    asked++;
                }
            }
            out.write(bare(16, "", new byte[0]));
            out.flush();
            readPacket(in);
        }
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(server.host(), server.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static byte[] bare(int type, String arguments, byte[] payload) {
        byte[] head = arguments.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(12 + head.length + payload.length)
                .putInt(Magic.REQUEST.code())
                .putInt(type)
                .putInt(head.length + payload.length)
                .put(head)
                .put(payload)
                .array();
    }

    private static byte[] readPacket(DataInputStream in) throws IOException {
        in.readInt();
        in.readInt();
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        return body;
    }
}
