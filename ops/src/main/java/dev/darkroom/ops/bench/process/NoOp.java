package dev.darkroom.ops.bench.process;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobCodec;
import dev.darkroom.jobs.JobType;
import java.util.Arrays;

/** A job of which nothing is asked. */
public record NoOp() implements Job {

    /** Bytes of its arguments. */
    public static final int PAYLOAD = 200;

    /** The payload of the peers' benchmark: 200 bytes of text. */
    private static final byte[] ARGUMENTS = new byte[PAYLOAD];

    static {
        Arrays.fill(ARGUMENTS, (byte) 'x');
    }

    public static final JobType<NoOp> TYPE =
            JobType.named("bench.no-op", NoOp.class).codec(new Codec()).build();

    /** Each payload is a new array, as from any real codec. */
    private static final class Codec implements JobCodec<NoOp> {

        @Override
        public byte[] encode(NoOp job) {
            return ARGUMENTS.clone();
        }

        @Override
        public NoOp decode(byte[] arguments) {
            return new NoOp();
        }
    }
}
