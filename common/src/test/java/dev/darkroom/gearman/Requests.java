package dev.darkroom.gearman;

import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketReader;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** Reads the requests that arrive at a {@link SilentServer}, and answers them. */
public final class Requests {

    private final PacketReader reader = new PacketReader(Magic.REQUEST, 1_000_000);
    private final Socket connection;
    private final DataInputStream in;

    public Requests(Socket connection) throws IOException {
        connection.setSoTimeout(10_000);
        this.connection = connection;
        in = new DataInputStream(connection.getInputStream());
    }

    public Packet next() throws IOException {
        byte[] header = in.readNBytes(PacketReader.HEADER_SIZE);
        byte[] body = in.readNBytes(Unpooled.wrappedBuffer(header).getInt(8));
        return reader.read(Unpooled.wrappedBuffer(header, body));
    }

    /** The next request, which must be of this type. */
    public Packet next(PacketType expected) throws IOException {
        Packet packet = next();
        if (packet.type() != expected) {
            throw new AssertionError(expected + " expected, but came " + packet);
        }
        return packet;
    }

    /** Answers what a client says first, as a job server does. */
    public Requests greet() throws IOException {
        next(PacketType.OPTION_REQ);
        next(PacketType.ECHO_REQ);
        answer(Packet.response(PacketType.OPTION_RES, "exceptions"), Packet.response(PacketType.ECHO_RES));
        return this;
    }

    /** Sends packets so that they arrive together. */
    public void answer(Packet... packets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Packet packet : packets) {
            bytes.writeBytes(RawConnection.bytes(packet));
        }
        connection.getOutputStream().write(bytes.toByteArray());
    }

    /** Goes away without a word. */
    public void hangUp() throws IOException {
        connection.close();
    }
}
