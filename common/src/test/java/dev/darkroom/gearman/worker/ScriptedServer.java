package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.RawConnection;
import dev.darkroom.gearman.Requests;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job server that answers grabs only when its test says so, and counts what a worker sends. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0);
    private final Map<String, Integer> answers = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private @Nullable Socket connection;
    private int connections;
    private int grabs;
    private int asleep;
    private int jobs;
    private boolean hangsUp;

    ScriptedServer() throws IOException {
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", socket.getLocalPort());
    }

    /** Ends each connection from now on as soon as it is made. */
    synchronized void hangUp() {
        hangsUp = true;
    }

    /** Answers a grab with a job; false where none is open. */
    boolean assign() throws IOException {
        String handle;
        synchronized (this) {
            if (grabs == 0) {
                return false;
            }
            handle = "H:" + ++jobs;
            running.add(handle);
        }
        return answerGrab(Packet.response(PacketType.JOB_ASSIGN_UNIQ, new byte[0], handle, "function", ""));
    }

    boolean refuse() throws IOException {
        return answerGrab(Packet.response(PacketType.NO_JOB));
    }

    synchronized void noop() throws IOException {
        send(Packet.response(PacketType.NOOP));
    }

    synchronized void disconnect() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }

    synchronized int grabs() {
        return grabs;
    }

    synchronized int sleeps() {
        return asleep;
    }

    synchronized int connections() {
        return connections;
    }

    /** How often each job was ended; jobs whose connection was lost are left out. */
    synchronized Map<String, Integer> endedOnce() {
        Map<String, Integer> ended = new HashMap<>();
        for (int job = 1; job <= jobs; job++) {
            if (!lost.contains("H:" + job)) {
                ended.put("H:" + job, answers.getOrDefault("H:" + job, 0));
            }
        }
        return ended;
    }

    /** The most often that any job was ended. */
    synchronized int mostAnswers() {
        return answers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Waits until what the worker sent makes this true. */
    synchronized void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            long rest = (end - System.nanoTime()) / 1_000_000;
            if (rest <= 0) {
                throw new AssertionError("waited ten seconds; " + grabs + " grabs, " + asleep + " sleeps, "
                        + running.size() + " running, " + connections + " connections");
            }
            wait(rest);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        disconnect();
    }

    private synchronized boolean answerGrab(Packet packet) throws IOException {
        if (grabs == 0) {
            return false;
        }
        grabs--;
        send(packet);
        return true;
    }

    private void send(Packet packet) throws IOException {
        if (connection != null && !connection.isClosed()) {
            connection.getOutputStream().write(RawConnection.bytes(packet));
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket accepted = socket.accept()) {
                if (begin(accepted)) {
                    Requests requests = new Requests(accepted);
                    accepted.setSoTimeout(0);
                    while (true) {
                        received(requests.next());
                    }
                }
            } catch (IOException | RuntimeException e) {
                // The end of this connection: a header cut short, or a closed socket.
            }
            end();
        }
    }

    private synchronized boolean begin(Socket accepted) {
        connections++;
        connection = accepted;
        notifyAll();
        return !hangsUp;
    }

    private synchronized void end() {
        lost.addAll(running);
        running.clear();
        grabs = 0;
        notifyAll();
    }

    private synchronized void received(Packet packet) {
        switch (packet.type()) {
            case GRAB_JOB_UNIQ -> grabs++;
            case PRE_SLEEP -> asleep++;
            case WORK_COMPLETE, WORK_FAIL, WORK_EXCEPTION -> {
                answers.merge(packet.handle(), 1, Integer::sum);
                running.remove(packet.handle());
            }
            default -> {}
        }
        notifyAll();
    }
}
