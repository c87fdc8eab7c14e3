package dev.darkroom.gearman.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class PacketOutputTest {

    private int flushes;
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void flush(ChannelHandlerContext context) {
            flushes++;
            context.flush();
        }
    });
    private final PacketOutput output = new PacketOutput(channel);

    @Test
    void many_packets_leave_in_one_buffer_with_one_flush() {
        for (int i = 0; i < 1000; i++) {
            output.write(Packet.request(PacketType.GRAB_JOB_UNIQ));
        }
        output.flush();
        output.flush();

        ByteBuf only = channel.readOutbound();
        assertThat(only.readableBytes()).isEqualTo(12_000);
        assertThat(channel.outboundMessages()).isEmpty();
        assertThat(flushes).isEqualTo(1);
        only.release();
    }

    @Test
    void a_large_payload_is_not_copied() {
        byte[] payload = new byte[100_000];

        output.write(Packet.request(PacketType.SUBMIT_JOB_BG, payload, "function", "key"));
        output.flush();

        ByteBuf head = channel.readOutbound();
        ByteBuf body = channel.readOutbound();
        assertThat(head.readableBytes()).isEqualTo(12 + "function.key.".length());
        assertThat(body.array()).isSameAs(payload);
        head.release();
    }

    @Test
    void what_is_discarded_is_given_back() {
        output.write(Packet.request(PacketType.GRAB_JOB_UNIQ));
        output.discard();
        output.flush();

        assertThat(channel.outboundMessages()).isEmpty();
        assertThat(flushes).isZero();
    }
}
