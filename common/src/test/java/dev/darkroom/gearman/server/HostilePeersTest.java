package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.Wire;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that send whatever they like, read or not, and leave when they like; the server goes on and counts right. */
@Timeout(60)
class HostilePeersTest {

    private static final PacketType[] TYPES = PacketType.values();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void the_server_goes_on_and_its_counts_are_those_of_a_recount(long seed) throws Exception {
        Random random = new Random(seed);
        JobServerSettings settings =
                JobServerSettings.DEFAULT.withMaxJobs(300).withMaxBytes(300_000).withMaxUnreadBytes(200_000);
        try (JobServer server = JobServer.start(settings)) {
            ServerAddress address = new ServerAddress("127.0.0.1", server.port());
            List<Peer> peers = new ArrayList<>();
            for (int step = 0; step < 3_000; step++) {
                if (peers.size() < 12 && random.nextInt(8) == 0) {
                    peers.add(new Peer(address, random));
                }
                if (!peers.isEmpty()) {
                    Peer peer = peers.get(random.nextInt(peers.size()));
                    if (!peer.act() || random.nextInt(60) == 0) {
                        peer.socket.close();
                        peers.remove(peer);
                    }
                }
                if (step % 500 == 0) {
                    server.look(HostilePeersTest::recount).get(10, TimeUnit.SECONDS);
                }
            }
            server.look(HostilePeersTest::recount).get(10, TimeUnit.SECONDS);
            for (Peer peer : peers) {
                peer.socket.close();
            }
            assertHonestPeersAreServed(address);
            while (server.look(HostilePeersTest::workers).get(10, TimeUnit.SECONDS) > 0) {
                Thread.onSpinWait();
            }
            server.look(HostilePeersTest::recount).get(10, TimeUnit.SECONDS);
        }
    }

    private static void assertHonestPeersAreServed(ServerAddress address) throws IOException {
        try (Wire wire = new Wire(address)) {
            // What hostile peers left may fill the server: take it out first.
            for (int f = 0; f < 4; f++) {
                wire.send(PacketType.CAN_DO, "f" + f);
            }
            for (String job = wire.send(PacketType.GRAB_JOB).read();
                    !job.equals("NO_JOB");
                    job = wire.send(PacketType.GRAB_JOB).read()) {
                if (job.startsWith("JOB_ASSIGN ")) {
                    wire.send(PacketType.WORK_COMPLETE, job.split("[ |]", 3)[1], "");
                }
            }
            wire.send(PacketType.RESET_ABILITIES).send(PacketType.CAN_DO, "honest");
            for (int i = 0; i < 20; i++) {
                String handle =
                        wire.send(PacketType.SUBMIT_JOB, "honest", "", "x").readHandle();
                assertThat(wire.send(PacketType.GRAB_JOB).readHandle()).isEqualTo(handle);
                assertThat(wire.send(PacketType.WORK_COMPLETE, handle, "y").read())
                        .isEqualTo("WORK_COMPLETE " + handle + "|y");
            }
        }
    }

    private static int workers(JobTable table) {
        return table.functions().stream().mapToInt(function -> function.workers).sum();
    }

    /** Counts everything anew and compares. */
    private static boolean recount(JobTable table) {
        Map<FunctionQueue, Integer> total = new HashMap<>();
        Map<FunctionQueue, Integer> running = new HashMap<>();
        Map<FunctionQueue, Integer> waiting = new HashMap<>();
        long bytes = 0;
        for (Job job : table.jobs()) {
            assertThat(table.job(job.handle.text())).isSameAs(job);
            total.merge(job.function, 1, Integer::sum);
            (job.worker == null ? waiting : running).merge(job.function, 1, Integer::sum);
            if (job.worker != null) {
                assertThat(job.worker.running).contains(job);
            }
            job.clients()
                    .keySet()
                    .forEach(client -> assertThat(client.awaited()).contains(job));
            bytes += job.size() + (long) Job.CLIENT_SIZE * job.waitingClients();
        }
        Set<ServerConnection> connections = new HashSet<>();
        for (FunctionQueue function : table.functions()) {
            assertThat(function.total).isEqualTo(total.getOrDefault(function, 0));
            assertThat(function.running).isEqualTo(running.getOrDefault(function, 0));
            int queued = 0;
            for (Priority priority : Priority.values()) {
                queued += function.waiting(priority);
            }
            assertThat(queued).isEqualTo(waiting.getOrDefault(function, 0));
            assertThat(function.sleepers).allMatch(ServerConnection::isWakeable);
            bytes += JobTable.size(function.name);
            connections.addAll(function.sleepers);
        }
        assertThat(table.bytes() - bytes)
                .isNotNegative()
                .satisfies(announced -> assertThat(announced % Ability.SIZE).isZero());
        if (workers(table) == 0) {
            assertThat(table.bytes()).isEqualTo(bytes);
            assertThat(connections).isEmpty();
        }
        return true;
    }

    /** Sends at random, reads at times. */
    private static final class Peer {

        private final Socket socket;
        private final Random random;

        Peer(ServerAddress address, Random random) throws IOException {
            socket = new Socket(address.host(), address.port());
            this.random = random;
            if (random.nextInt(10) == 0) {
                socket.setSoLinger(true, 0);
            }
        }

        /** False where it was cut off. */
        boolean act() {
            try {
                socket.getOutputStream().write(bytes());
                int waiting = socket.getInputStream().available();
                if (random.nextInt(3) > 0) {
                    socket.getInputStream().readNBytes(waiting);
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private byte[] bytes() {
            switch (random.nextInt(40)) {
                case 0 -> {
                    byte[] noise = new byte[1 + random.nextInt(40)];
                    random.nextBytes(noise);
                    return noise;
                }
                case 1 -> {
                    return packet(Magic.RESPONSE.code(), random.nextInt(50) - 2, "a\0b");
                }
                case 2 -> {
                    String[] lines = {
                        "status",
                        "workers",
                        "show jobs",
                        "maxqueue f1 " + random.nextInt(9),
                        "cancel job " + handle(),
                        "drop function f2",
                        "create function f3",
                        "prioritystatus",
                        "x y z"
                    };
                    return (lines[random.nextInt(lines.length)] + "\r\n").getBytes(ISO_8859_1);
                }
                default -> {
                    PacketType type = TYPES[random.nextInt(TYPES.length)];
                    List<String> parts = new ArrayList<>();
                    int count = type.argumentCount() + (type.hasPayload() ? 1 : 0) - (random.nextInt(60) == 0 ? 1 : 0);
                    for (int i = 0; i < count; i++) {
                        parts.add(part(i, type));
                    }
                    return packet(Magic.REQUEST.code(), type.number(), String.join("\0", parts));
                }
            }
        }

        private String part(int index, PacketType type) {
            if (index == 0 && type.name().startsWith("WORK_")) {
                return handle();
            }
            if (index == 0) {
                return "f" + random.nextInt(4);
            }
            String[] some = {"", "-", "key" + random.nextInt(5), "1", "99", "x".repeat(random.nextInt(3_000))};
            return some[random.nextInt(some.length)];
        }

        private String handle() {
            return "H:" + ProcessHandle.current().pid() + ":" + random.nextInt(600);
        }

        private static byte[] packet(int magic, int type, String text) {
            byte[] body = text.getBytes(ISO_8859_1);
            return ByteBuffer.allocate(12 + body.length)
                    .putInt(magic)
                    .putInt(type)
                    .putInt(body.length)
                    .put(body)
                    .array();
        }
    }
}
