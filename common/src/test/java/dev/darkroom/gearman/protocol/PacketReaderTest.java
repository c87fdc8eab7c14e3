package dev.darkroom.gearman.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.RawConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class PacketReaderTest {

    private static final int LIMIT = 1000;

    private final PacketReader requests = new PacketReader(Magic.REQUEST, LIMIT);

    @Test
    void reads_the_example_of_the_protocol_file() {
        ByteBuf bytes = packet(Magic.REQUEST.code(), 7, "reverse\0\0test");

        Packet packet = requests.read(bytes);

        assertThat(packet).isEqualTo(Packet.request(PacketType.SUBMIT_JOB, "test".getBytes(UTF_8), "reverse", ""));
        assertThat(bytes.isReadable()).isFalse();
    }

    @Test
    void writes_the_example_of_the_protocol_file() {
        byte[] written = RawConnection.bytes(
                Packet.response(PacketType.JOB_ASSIGN, "test".getBytes(UTF_8), "H:lap:1", "reverse"));

        assertThat(written).isEqualTo(array(packet(Magic.RESPONSE.code(), 11, "H:lap:1\0reverse\0test")));
    }

    @Test
    void numbers_are_those_of_the_protocol_file() {
        assertThat(PacketType.values()).hasSize(41);
        for (PacketType type : PacketType.values()) {
            assertThat(PacketType.of(type.number())).isSameAs(type);
        }
        assertThat(PacketType.of(5)).isNull();
        assertThat(PacketType.of(0)).isNull();
        assertThat(PacketType.of(43)).isNull();
        assertThat(PacketType.of(-1)).isNull();
    }

    @Test
    void a_payload_may_hold_nul() {
        Packet packet = requests.read(packet(Magic.REQUEST.code(), 13, "H:1\0a\0b\0"));

        assertThat(packet.payload()).isEqualTo("a\0b\0".getBytes(UTF_8));
    }

    @Test
    void the_nul_that_gearmand_leaves_behind_a_failures_handle_is_not_part_of_it() {
        ByteBuf bytes = packet(Magic.RESPONSE.code(), 14, "H:1\0");

        assertThat(new PacketReader(Magic.RESPONSE, LIMIT).read(bytes))
                .isEqualTo(Packet.response(PacketType.WORK_FAIL, "H:1"));
        assertThat(bytes.isReadable()).isFalse();
    }

    @Test
    void the_wrong_magic_is_refused() {
        assertRefused(packet(Magic.RESPONSE.code(), 8, "H:1"), "wrong magic 0x00524553");
        assertRefused(packet(0x47455420, 8, "H:1"), "wrong magic 0x47455420");
    }

    @Test
    void an_unknown_type_is_refused() {
        assertRefused(packet(Magic.REQUEST.code(), 99, ""), "unknown packet type 99");
        assertRefused(packet(Magic.REQUEST.code(), 5, ""), "unknown packet type 5");
    }

    @Test
    void a_response_sent_as_a_request_is_refused() {
        assertRefused(packet(Magic.REQUEST.code(), 6, ""), "NOOP is not allowed as REQUEST");
    }

    @Test
    void a_wrong_argument_count_is_refused() {
        assertRefused(packet(Magic.REQUEST.code(), 18, "function"), "SUBMIT_JOB_BG takes 2, found only 0");
        assertRefused(packet(Magic.REQUEST.code(), 18, "function\0unique"), "SUBMIT_JOB_BG takes 2, found only 1");
        assertRefused(packet(Magic.REQUEST.code(), 23, "function"), "CAN_DO_TIMEOUT takes 2, found only 1");
        assertRefused(packet(Magic.REQUEST.code(), 1, "a\0b"), "CAN_DO takes 1, found more");
        assertRefused(packet(Magic.REQUEST.code(), 4, "a"), "PRE_SLEEP takes 0, found more");
    }

    @Test
    void a_size_over_the_limit_is_refused_before_its_bytes_come() {
        ByteBuf header = Unpooled.buffer().writeInt(Magic.REQUEST.code()).writeInt(16);

        assertRefused(header.copy().writeInt(LIMIT + 1), "ECHO_REQ with 1001 bytes is larger than the limit of 1000");
        assertRefused(header.copy().writeInt(-1), "ECHO_REQ with 4294967295 bytes is larger");
        assertThat(requests.read(header.writeInt(LIMIT))).isNull();
    }

    @Test
    void a_packet_with_the_wrong_arguments_cannot_be_made() {
        assertThatIllegalArgumentException().isThrownBy(() -> Packet.request(PacketType.CAN_DO));
        assertThatIllegalArgumentException().isThrownBy(() -> Packet.request(PacketType.NOOP));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packet.request(PacketType.CAN_DO, new byte[1], "function"));
    }

    private void assertRefused(ByteBuf bytes, String message) {
        assertThatThrownBy(() -> requests.read(bytes))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message);
    }

    private static ByteBuf packet(int magic, int type, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return Unpooled.buffer()
                .writeInt(magic)
                .writeInt(type)
                .writeInt(bytes.length)
                .writeBytes(bytes);
    }

    private static byte[] array(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
