package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.ServerAddress;
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

/** A hostile server's words to a worker: it never holds more jobs than it may, and its capacity comes back. */
public final class WorkerConnectionFuzz {

    private static final int LIMIT = 3000;
    private static final int CAPACITY = 4;
    private static final List<AssignedJob> RECEIVED = new ArrayList<>();
    private static final WorkerCore CORE = core();
    private static final ServerLink LINK = CORE.links().links().get(0);

    private WorkerConnectionFuzz() {}

    /** The first byte decides how many jobs are answered, the second the cuts; the others are what the server says. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        // On the thread that also runs the turns which answers ask for.
        CORE.loop().submit(() -> run(data)).syncUninterruptibly();
    }

    private static void run(byte[] data) {
        RECEIVED.clear();
        LINK.stop();
        EmbeddedChannel channel = new EmbeddedChannel(
                new PacketDecoder(new PacketReader(Magic.RESPONSE, LIMIT)), new WorkerConnection(LINK, CORE));
        Fragments.feed(channel, Arrays.copyOfRange(data, 2, data.length), data[1]);
        if (CORE.capacity().held() > CAPACITY) {
            throw new AssertionError("Holds " + CORE.capacity().held() + " jobs of at most " + CAPACITY);
        }
        int answered = Math.min(data[0] & 7, RECEIVED.size());
        RECEIVED.subList(0, answered).forEach(job -> CORE.answer(job, GearmanWorker.failure(job)));
        CORE.turn();
        channel.finishAndReleaseAll();
        channel.checkException();
        RECEIVED.subList(answered, RECEIVED.size()).forEach(job -> CORE.answer(job, GearmanWorker.failure(job)));
        CORE.turn();
        if (CORE.capacity().held() != 0 || CORE.capacity().free() != CAPACITY) {
            throw new AssertionError("Capacity is lost: " + CORE.capacity().free() + " free of " + CAPACITY);
        }
    }

    private static WorkerCore core() {
        return new WorkerCore(
                GearmanWorker.builder()
                        .servers(List.of(new ServerAddress("hostile", 1)))
                        .clientId("fuzz")
                        .function("f")
                        .capacity(CAPACITY)
                        .regrabInterval(Duration.ofHours(1))
                        .receiver(RECEIVED::add),
                RECEIVED::add);
    }
}
