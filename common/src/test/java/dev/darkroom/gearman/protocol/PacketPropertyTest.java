package dev.darkroom.gearman.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.RawConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PacketPropertyTest {

    private static final int LIMIT = 100_000;

    @Property(tries = 200)
    void any_packets_cut_anywhere_are_read_as_written(
            @ForAll("packets") List<Packet> packets, @ForAll Random cuts, @ForAll Magic magic) {
        List<Packet> sent =
                packets.stream().filter(packet -> packet.magic() == magic).toList();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        sent.forEach(packet -> stream.writeBytes(RawConnection.bytes(packet)));

        assertThat(decode(magic, stream.toByteArray(), cuts)).isEqualTo(sent);
    }

    @Property(tries = 200)
    void a_violation_ends_the_reading_wherever_the_bytes_are_cut(
            @ForAll("packets") List<Packet> packets, @ForAll Random cuts) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Packet> sent = packets.stream()
                .filter(packet -> packet.magic() == Magic.REQUEST)
                .toList();
        sent.forEach(packet -> stream.writeBytes(RawConnection.bytes(packet)));
        stream.writeBytes(RawConnection.bytes(Packet.response(PacketType.NOOP)));
        sent.forEach(packet -> stream.writeBytes(RawConnection.bytes(packet)));
        List<Packet> read = new ArrayList<>();

        assertThatThrownBy(() -> decode(Magic.REQUEST, stream.toByteArray(), cuts, read))
                .isInstanceOf(DecoderException.class)
                .hasCauseInstanceOf(ProtocolException.class);
        assertThat(read).isEqualTo(sent);
    }

    @Property(tries = 1000)
    void no_bytes_make_it_fail_otherwise_than_as_a_violation(@ForAll byte[] body, @ForAll PacketType type) {
        ByteBuf bytes = Unpooled.buffer()
                .writeInt(Magic.REQUEST.code())
                .writeInt(type.number())
                .writeInt(body.length)
                .writeBytes(body);
        try {
            Packet packet = new PacketReader(Magic.REQUEST, LIMIT).read(bytes.copy());
            assertThat(RawConnection.bytes(packet)).isEqualTo(array(bytes));
        } catch (ProtocolException e) {
            assertThat(e).hasMessageContaining(type.name());
        }
    }

    @Provide
    Arbitrary<List<Packet>> packets() {
        return Arbitraries.of(PacketType.values())
                .flatMap(type -> Combinators.combine(
                                Arbitraries.of(Magic.values()).filter(type::travelsAs),
                                argument().list().ofSize(type.argumentCount()),
                                Arbitraries.bytes().array(byte[].class).ofMaxSize(type.hasPayload() ? 20_000 : 0))
                        .as((magic, arguments, payload) ->
                                new Packet(magic, type, payload, arguments.toArray(byte[][]::new))))
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<byte[]> argument() {
        return Arbitraries.bytes()
                .filter(value -> value != 0)
                .array(byte[].class)
                .ofMaxSize(64);
    }

    private static List<Packet> decode(Magic magic, byte[] bytes, Random cuts) {
        List<Packet> read = new ArrayList<>();
        decode(magic, bytes, cuts, read);
        return read;
    }

    private static void decode(Magic magic, byte[] bytes, Random cuts, List<Packet> read) {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(new PacketReader(magic, LIMIT)));
        try {
            int longest = 1 + cuts.nextInt(50_000);
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + cuts.nextInt(longest));
                channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
                from = to;
            }
        } finally {
            for (Packet packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
                read.add(packet);
            }
            channel.releaseInbound();
        }
    }

    private static byte[] array(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
