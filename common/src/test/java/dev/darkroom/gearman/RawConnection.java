package dev.darkroom.gearman;

import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketOutput;
import dev.darkroom.gearman.protocol.PacketReader;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/** A blocking connection that sends and reads single packets, for what clients and workers do not do. */
public final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final PacketReader reader = new PacketReader(Magic.RESPONSE, PacketReader.DEFAULT_MAX_BODY_SIZE);
    private final ByteBuf unread = Unpooled.buffer();

    public RawConnection(ServerAddress server) throws IOException {
        socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(10_000);
    }

    public void send(PacketType type, String... arguments) throws IOException {
        send(bytes(Packet.request(type, arguments)));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next packet; {@link EOFException} where the server closed instead. */
    public Packet read() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (Packet packet = reader.read(unread); ; packet = reader.read(unread)) {
            if (packet != null) {
                return packet;
            }
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                throw new EOFException("closed by the server");
            }
            unread.writeBytes(buffer, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    public static byte[] bytes(Packet packet) {
        EmbeddedChannel channel = new EmbeddedChannel();
        PacketOutput output = new PacketOutput(channel);
        output.write(packet);
        output.flush();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }
}
