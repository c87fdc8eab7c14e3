package dev.darkroom.gearman.client;

import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.LinkSettings;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Fragments;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketDecoder;
import dev.darkroom.gearman.protocol.PacketReader;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A hostile server's answers to a client: every request ends, and every permit comes back. */
public final class ClientConnectionFuzz {

    private static final int LIMIT = 3000;
    private static final int MAX_IN_FLIGHT = 8;
    private static final long FAR = System.nanoTime() + Long.MAX_VALUE / 2;
    private static final LinkSettings SETTINGS = GearmanClient.builder()
            .servers(List.of(new ServerAddress("hostile", 1)))
            .clientId("fuzz")
            .settings();
    private static final ServerLink LINK = link();

    private ClientConnectionFuzz() {}

    /** The first byte is how many requests are asked, the second decides the cuts, the others are the answers. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        Semaphore permits = new Semaphore(MAX_IN_FLIGHT);
        ClientConnection connection = new ClientConnection(LINK, SETTINGS, permits);
        EmbeddedChannel channel =
                new EmbeddedChannel(new PacketDecoder(new PacketReader(Magic.RESPONSE, LIMIT)), connection);
        List<Request<?>> requests = new ArrayList<>();
        for (int i = 0; i < (data[0] & 7); i++) {
            permits.acquireUninterruptibly();
            Request<?> request = i % 2 == 0 ? submission() : status();
            requests.add(request);
            connection.add(request);
        }
        connection.send();
        Fragments.feed(channel, Arrays.copyOfRange(data, 2, data.length), data[1]);
        channel.finishAndReleaseAll();
        channel.checkException();
        for (Request<?> request : requests) {
            if (!request.future.isDone()) {
                throw new AssertionError("A request never ends");
            }
        }
        if (permits.availablePermits() != MAX_IN_FLIGHT) {
            throw new AssertionError(permits.availablePermits() + " permits are left of " + MAX_IN_FLIGHT);
        }
    }

    private static Request<JobHandle> submission() {
        return new Request<>(
                Packet.request(PacketType.SUBMIT_JOB_BG, new byte[3], "f", "k"),
                "k",
                PacketType.JOB_CREATED,
                (server, packet) -> new JobHandle(server, packet.handle()),
                FAR);
    }

    private static Request<UniqueStatus> status() {
        return new Request<>(
                Packet.request(PacketType.GET_STATUS_UNIQUE, "k"),
                LINK,
                PacketType.STATUS_RES_UNIQUE,
                (server, packet) -> UniqueStatus.read(packet),
                FAR);
    }

    private static ServerLink link() {
        ServerLink link = new LinkSet("fuzz", SETTINGS, ConnectionListener.NONE, unused -> {
                    throw new AssertionError("nothing connects");
                })
                .links()
                .get(0);
        link.stop();
        return link;
    }
}
