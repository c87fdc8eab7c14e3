package dev.darkroom.gearman.server;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's socket, which can also be closed, with those it accepted, when the event loop is no more: Netty's own
 * close needs it, so that a loop that died of an error would leave a port at which the kernel still answers.
 */
final class ListeningChannel extends NioServerSocketChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningChannel.class);

    private final Set<SocketChannel> accepted = ConcurrentHashMap.newKeySet();

    ListeningChannel() throws IOException {
        super(ServerSocketChannel.open());
    }

    /** Closes the sockets themselves, from any thread. */
    void closeSockets() {
        close(javaChannel());
        accepted.forEach(ListeningChannel::close);
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        SocketChannel socket = javaChannel().accept();
        if (socket == null) {
            return 0;
        }
        NioSocketChannel connection;
        try {
            connection = new NioSocketChannel(this, socket);
        } catch (RuntimeException | Error e) {
            close(socket);
            throw e;
        }
        this.accepted.add(socket);
        connection.closeFuture().addListener(closed -> this.accepted.remove(socket));
        accepted.add(connection);
        return 1;
    }

    private static void close(java.nio.channels.Channel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("A socket of the job server did not close", e);
        }
    }
}
