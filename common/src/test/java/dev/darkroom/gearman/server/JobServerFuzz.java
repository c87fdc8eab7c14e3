package dev.darkroom.gearman.server;

import dev.darkroom.gearman.protocol.Fragments;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Two hostile peers of one server: whatever they send, nothing but a violation fails, and when both have gone the
 * server holds nothing for them.
 */
public final class JobServerFuzz {

    private static final int LIMIT = 3000;

    private JobServerFuzz() {}

    /** The first byte decides the cuts, the second how much the first peer sends; the second peer sends the rest. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int middle = 2 + (data.length - 2) * (data[1] & 0xff) / 255;
        JobServerSettings settings =
                JobServerSettings.DEFAULT.withMaxJobs(10).withMaxBytes(100_000).withMaxPacketSize(LIMIT);
        Set<ServerConnection> connections = new LinkedHashSet<>();
        EmbeddedChannel first = new EmbeddedChannel();
        EmbeddedChannel second = new EmbeddedChannel();
        JobQueue queue = new JobQueue(settings, new JobTable(settings), first.eventLoop(), Clock.systemUTC());
        RequestHandler requests = new RequestHandler(queue, connections);
        AdminCommands admin = new AdminCommands(queue, connections, graceful -> {});
        int number = 0;
        for (EmbeddedChannel channel : new EmbeddedChannel[] {first, second}) {
            ServerConnection connection = new ServerConnection(++number, channel, 1 << 20, requests, admin);
            connections.add(connection);
            channel.closeFuture().addListener(done -> requests.disconnected(connection));
            channel.pipeline().addLast(new RequestDecoder(new RequestReader(LIMIT)), connection);
        }
        Fragments.feed(first, Arrays.copyOfRange(data, 2, middle), data[0]);
        Fragments.feed(second, Arrays.copyOfRange(data, middle, data.length), data[0]);
        first.finishAndReleaseAll();
        second.finishAndReleaseAll();
        first.checkException();
        second.checkException();
        if (!connections.isEmpty()) {
            throw new AssertionError("Connections are left: " + connections.size());
        }
        for (FunctionQueue function : queue.table().functions()) {
            if (function.running != 0 || function.workers != 0) {
                throw new AssertionError(function.name + " is still held by a connection that has gone");
            }
        }
    }
}
