package dev.darkroom.gearman;

import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketReader;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** Reads the requests that arrive at a {@link SilentServer}. */
public final class Requests {

    private final PacketReader reader = new PacketReader(Magic.REQUEST, 1_000_000);
    private final DataInputStream in;

    public Requests(Socket connection) throws IOException {
        connection.setSoTimeout(10_000);
        in = new DataInputStream(connection.getInputStream());
    }

    public Packet next() throws IOException {
        byte[] header = in.readNBytes(PacketReader.HEADER_SIZE);
        byte[] body = in.readNBytes(Unpooled.wrappedBuffer(header).getInt(8));
        return reader.read(Unpooled.wrappedBuffer(header, body));
    }
}
