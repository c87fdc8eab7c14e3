package dev.darkroom.gearman.protocol;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Feeds a channel with a stream in pieces, as a socket would: a few at a time, then the end of a read. */
public final class Fragments {

    private Fragments() {}

    /** Cuts by the seed; the seed 0 gives the whole stream at once. */
    public static void feed(EmbeddedChannel channel, byte[] stream, int seed) {
        SplittableRandom cuts = new SplittableRandom(seed);
        int longest = seed == 0 ? stream.length : 1 + cuts.nextInt(64);
        for (int from = 0; from < stream.length && channel.isOpen(); ) {
            int to = Math.min(stream.length, seed == 0 ? stream.length : from + 1 + cuts.nextInt(longest));
            channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(stream, from, to - from));
            from = to;
            if (cuts.nextInt(3) == 0) {
                endRead(channel);
            }
        }
        endRead(channel);
    }

    private static void endRead(EmbeddedChannel channel) {
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();
    }

    /** What a decoder makes of the stream, cut by the seed. */
    public static ReferenceDecoder.Result decode(PacketDecoder decoder, byte[] stream, int seed) {
        List<Object> messages = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                messages.add(message);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                failures.add(cause);
            }
        });
        feed(channel, stream, seed);
        channel.finishAndReleaseAll();
        for (Throwable failure : failures) {
            if (!(failure.getCause() instanceof dev.darkroom.gearman.ProtocolException)) {
                throw new AssertionError("Failed otherwise than by a violation", failure);
            }
        }
        if (failures.size() > 1) {
            throw new AssertionError("More than one violation was reported: " + failures);
        }
        return new ReferenceDecoder.Result(messages, !failures.isEmpty());
    }
}
