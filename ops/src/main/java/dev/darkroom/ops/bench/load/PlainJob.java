package dev.darkroom.ops.bench.load;

import dev.darkroom.jobs.JobCodec;
import java.util.Arrays;

/** With arguments of 200 bytes that are no use to anybody, as in the peers' benchmark. */
record PlainJob(int number) implements NumberedJob {

    static final int PAYLOAD = 200;

    private static final byte[] ARGUMENTS = new byte[PAYLOAD];
    private static final PlainJob DECODED = new PlainJob(0);

    static {
        Arrays.fill(ARGUMENTS, (byte) 'x');
    }

    /** Each payload is a new array, as from any real codec. */
    static final class Codec implements JobCodec<PlainJob> {

        @Override
        public byte[] encode(PlainJob job) {
            return ARGUMENTS.clone();
        }

        @Override
        public PlainJob decode(byte[] arguments) {
            return DECODED;
        }
    }
}
