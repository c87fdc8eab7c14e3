package dev.darkroom.ops.bench.process;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobCodec;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.Outcome;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A job of which nothing is asked but that another of its lane follows it: so a ledger that is being drained keeps as many
 * rows as it had, and never runs dry, whatever the rate.
 *
 * @param lane its number
 * @param again false for one that nothing follows
 */
public record TurningJob(int lane, boolean again) implements Job {

    public static final JobType<TurningJob> TYPE = JobType.named("bench.turning", TurningJob.class)
            .codec(new Codec())
            .lane(job -> laneName(job.lane()))
            .build();

    static final JobHandler<TurningJob> HANDLER =
            (job, context) -> job.again() ? Outcome.done().then(job) : Outcome.done();

    /** Of the lane of this number. */
    public static String laneName(int lane) {
        return "lane-" + lane;
    }

    /** As many bytes as those of {@link NoOp}. */
    private static final class Codec implements JobCodec<TurningJob> {

        @Override
        public byte[] encode(TurningJob job) {
            byte[] arguments = new byte[NoOp.PAYLOAD];
            Arrays.fill(arguments, (byte) 'x');
            ByteBuffer.wrap(arguments).putInt(job.lane()).put((byte) (job.again() ? 1 : 0));
            return arguments;
        }

        @Override
        public TurningJob decode(byte[] arguments) {
            ByteBuffer buffer = ByteBuffer.wrap(arguments);
            return new TurningJob(buffer.getInt(), buffer.get() != 0);
        }
    }
}
