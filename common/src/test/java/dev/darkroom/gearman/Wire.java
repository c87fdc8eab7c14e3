package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.PacketType;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * A blocking connection for bytes that no well-behaved peer sends. Arguments are separated by NUL; answers are read as
 * the name of the type and the body, in which NUL is shown as {@code |}.
 */
public final class Wire implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;

    public Wire(ServerAddress server) throws IOException {
        socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends a request; for a type with payload, the last part is the payload. */
    public Wire send(PacketType type, String... parts) throws IOException {
        return send(
                Magic.REQUEST.code(), type.number(), String.join("\0", parts).getBytes(ISO_8859_1));
    }

    public Wire send(int magic, int type, byte[] body) throws IOException {
        return send(ByteBuffer.allocate(12 + body.length)
                .putInt(magic)
                .putInt(type)
                .putInt(body.length)
                .put(body)
                .array());
    }

    public Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a line of the text protocol, ended by CR LF. */
    public Wire line(String line) throws IOException {
        return send((line + "\r\n").getBytes(ISO_8859_1));
    }

    /** The next packet; {@code CLOSED} where the server closed instead. */
    public String read() throws IOException {
        try {
            assertThat(in.readInt()).isEqualTo(Magic.RESPONSE.code());
            int number = in.readInt();
            String body = new String(in.readNBytes(in.readInt()), ISO_8859_1);
            return (PacketType.of(number) + " " + body.replace('\0', '|')).trim();
        } catch (EOFException | SocketException e) {
            return "CLOSED";
        }
    }

    /** The next packet's first word, which is its type. */
    public String readType() throws IOException {
        return read().split(" ", 2)[0];
    }

    /** The handle in the next packet. */
    public String readHandle() throws IOException {
        String packet = read();
        return packet.split(" ", 2)[1].split("\\|", 2)[0];
    }

    /** Whether nothing comes before the answer to an echo that is asked for now. */
    public boolean isQuiet() throws IOException {
        send(PacketType.ECHO_REQ, "quiet?");
        String answer = read();
        return answer.equals("ECHO_RES quiet?");
    }

    /** Waits until the server has done all that was sent. */
    public Wire settle() throws IOException {
        assertThat(isQuiet()).isTrue();
        return this;
    }

    /** The next line, with its end shown as {@code \n}. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        while (read >= 0 && read != '\n') {
            line.write(read);
            read = in.read();
        }
        return read < 0 ? "CLOSED" : line.toString(ISO_8859_1).replace("\r", "\\r") + "\\n";
    }

    /** The columns of the row that starts with this name, separated by blanks; {@code none} where there is none. */
    public String row(String command, String function) throws IOException {
        line(command);
        String found = "none";
        for (String line = readLine(); !line.equals(".\\n"); line = readLine()) {
            if (line.startsWith(function + "\t")) {
                found = line.substring(function.length() + 1, line.length() - 2).replace('\t', ' ');
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
