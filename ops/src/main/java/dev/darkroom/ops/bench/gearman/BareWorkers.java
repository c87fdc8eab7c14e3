package dev.darkroom.ops.bench.gearman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Workers on bare sockets, a blocking thread each: read once, complete and grab again for each job that came, write once.
 */
final class BareWorkers implements AutoCloseable {

    private static final byte[] GRAB = BareSocket.packet(PacketType.GRAB_JOB_UNIQ, new byte[0]);
    private static final byte[] SLEEP = BareSocket.packet(PacketType.PRE_SLEEP, new byte[0]);
    private static final byte[] ECHO = BareSocket.packet(PacketType.ECHO_REQ, new byte[0]);

    private final Workload load;
    private final int grabs;
    private final CountDownLatch done;
    private final List<BareSocket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private BareWorkers(Workload load, int grabs, CountDownLatch done) {
        this.load = load;
        this.grabs = grabs;
        this.done = done;
    }

    /** Starts so many connections with so many grabs in flight each; counts {@code done} down with each job. */
    static BareWorkers start(ServerAddress server, Workload load, int connections, int grabs, CountDownLatch done)
            throws IOException {
        BareWorkers workers = new BareWorkers(load, grabs, done);
        for (int i = 0; i < connections; i++) {
            BareSocket socket = new BareSocket(server);
            Thread thread = new Thread(() -> workers.work(socket), "bare-worker-" + i);
            workers.sockets.add(socket);
            workers.threads.add(thread);
            thread.start();
        }
        return workers;
    }

    private void work(BareSocket socket) {
        try {
            socket.write(BareSocket.packet(PacketType.CAN_DO, load.function().getBytes(US_ASCII)));
            int asked = grab(socket, grabs);
            boolean ended = false;
            while (!ended) {
                socket.flush();
                socket.fill();
                while (socket.hasPacket()) {
                    int type = socket.type();
                    if (type == PacketType.JOB_ASSIGN_UNIQ.number()) {
                        complete(socket);
                        socket.write(GRAB);
                    } else if (type == PacketType.NO_JOB.number()) {
                        asked--;
                        if (asked == 0) {
                            socket.write(SLEEP);
                        }
                    } else if (type == PacketType.NOOP.number()) {
                        asked += grab(socket, grabs - asked);
                    } else if (type == PacketType.ECHO_RES.number()) {
                        ended = true;
                    } else {
                        throw new IOException("The job server answered with packet type " + type);
                    }
                    socket.skip();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("A bare worker failed", e);
        }
    }

    private static int grab(BareSocket socket, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            socket.write(GRAB);
        }
        return count;
    }

    /** Answers with the handle as it lies in the assignment, its ending NUL included. */
    private void complete(BareSocket socket) throws IOException {
        byte[] input = socket.input();
        int body = socket.body();
        int handleEnd = body;
        while (input[handleEnd] != 0) {
            handleEnd++;
        }
        int length = handleEnd + 1 - body;
        byte[] header = new byte[BareSocket.HEADER];
        BareSocket.number(header, 0, dev.darkroom.gearman.protocol.Magic.REQUEST.code());
        BareSocket.number(header, 4, PacketType.WORK_COMPLETE.number());
        BareSocket.number(header, 8, length);
        socket.write(header);
        socket.write(input, body, length);
        load.handedOut(input, body + socket.size() - load.payloadSize());
        done.countDown();
    }

    /** Ends when the server has read all answers: it says so by echoing what was sent behind them. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (BareSocket socket : sockets) {
            socket.sendNow(ECHO);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (BareSocket socket : sockets) {
            socket.close();
        }
    }
}
