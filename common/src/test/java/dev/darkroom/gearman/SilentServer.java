package dev.darkroom.gearman;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes connections and says nothing unless told to. */
public final class SilentServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0);
    private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();

    public SilentServer() throws IOException {
        Thread accepting = new Thread(this::accept, "silent-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    public ServerAddress address() {
        return new ServerAddress("127.0.0.1", socket.getLocalPort());
    }

    /** The next connection that was made. */
    public Socket next() throws InterruptedException {
        Socket connection = connections.poll(10, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("nobody connected");
        }
        return connection;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                connections.add(socket.accept());
            }
        } catch (IOException e) {
            // Closed: the end of this thread.
        }
    }
}
