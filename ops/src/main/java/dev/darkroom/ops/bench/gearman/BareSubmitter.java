package dev.darkroom.ops.bench.gearman;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.IOException;

/** Submits over one bare socket: as many as the window takes, one write, one read, again. */
final class BareSubmitter {

    private BareSubmitter() {}

    /** Submits jobs number {@code first} to {@code last - 1} and returns when all are answered. */
    static void submit(ServerAddress server, Workload load, int window, int first, int last) throws IOException {
        try (BareSocket socket = new BareSocket(server)) {
            byte[] prefix = (load.function() + "\0").getBytes(US_ASCII);
            byte[] template = new byte[prefix.length + Workload.KEY_SIZE + 1 + load.payloadSize()];
            System.arraycopy(prefix, 0, template, 0, prefix.length);
            byte[] packet = BareSocket.packet(PacketType.SUBMIT_JOB_BG, template);
            int key = BareSocket.HEADER + prefix.length;
            int payload = key + Workload.KEY_SIZE + 1;
            int sent = first;
            int answered = first;
            while (answered < last) {
                while (sent < last && sent - answered < window) {
                    Workload.key(packet, key, sent);
                    BareSocket.number(packet, payload, sent);
                    socket.write(packet);
                    sent++;
                }
                socket.flush();
                socket.fill();
                while (socket.hasPacket()) {
                    if (socket.type() != PacketType.JOB_CREATED.number()) {
                        throw new IOException("The job server answered with packet type " + socket.type());
                    }
                    socket.skip();
                    answered++;
                }
            }
        }
    }
}
