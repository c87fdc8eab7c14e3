package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ConnectionListener;
import dev.darkroom.gearman.connection.LinkSet;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Fragments;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketDecoder;
import dev.darkroom.gearman.protocol.PacketReader;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A hostile server's answers to a client: every request ends, and every permit comes back. */
public final class ClientConnectionFuzz {

    private static final int LIMIT = 3000;
    private static final int MAX_IN_FLIGHT = 8;
    private static final ClientSettings SETTINGS = new ClientSettings(
            GearmanClient.builder()
                    .servers(List.of(new ServerAddress("hostile", 1)))
                    .clientId("fuzz")
                    .settings(),
            null,
            MAX_IN_FLIGHT,
            1 << 20,
            MAX_IN_FLIGHT,
            Duration.ofHours(1),
            Duration.ZERO,
            ConnectionListener.NONE);
    private static final RequestFactory REQUESTS = new RequestFactory(SETTINGS);
    private static final ServerLink LINK = link();

    private ClientConnectionFuzz() {}

    /** The first byte is how many requests are asked, the second decides the cuts, the others are the answers. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        InFlight inFlight = new InFlight(MAX_IN_FLIGHT, 1 << 20);
        ClientConnection connection = new ClientConnection(LINK, SETTINGS, inFlight);
        EmbeddedChannel channel =
                new EmbeddedChannel(new PacketDecoder(new PacketReader(Magic.RESPONSE, LIMIT)), connection);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < (data[0] & 7); i++) {
            Request request = request(i);
            if (!inFlight.tryTake(request.payload())) {
                throw new AssertionError("No room for a request");
            }
            requests.add(request);
            connection.add(request);
        }
        connection.send();
        Fragments.feed(channel, Arrays.copyOfRange(data, 2, data.length), data[1]);
        channel.finishAndReleaseAll();
        channel.checkException();
        for (Request request : requests) {
            if (!request.isOver()) {
                throw new AssertionError("A request never ends");
            }
        }
        if (inFlight.requests() != 0) {
            throw new AssertionError(inFlight.requests() + " requests are still counted");
        }
    }

    private static Request request(int number) {
        Submission submission = new Submission("f", "k", new byte[3]);
        return switch (number % 4) {
            case 0 -> REQUESTS.background(submission);
            case 1 -> REQUESTS.statusOfUnique("k", LINK);
            case 2 -> REQUESTS.foreground(submission, new ForegroundJob(JobUpdates.NONE, () -> {}));
            default -> REQUESTS.echo(new byte[2], LINK);
        };
    }

    private static ServerLink link() {
        ServerLink link = new LinkSet("fuzz", SETTINGS.links(), null, ConnectionListener.NONE, unused -> {
                    throw new AssertionError("nothing connects");
                })
                .links()
                .get(0);
        link.stop();
        return link;
    }
}
