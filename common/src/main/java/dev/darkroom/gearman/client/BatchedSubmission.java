package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of many background jobs that are submitted together: they have one listener, and none a future. */
final class BatchedSubmission extends Request {

    private static final Logger LOG = LoggerFactory.getLogger(BatchedSubmission.class);

    private final SubmissionListener listener;
    private final int index;
    private boolean over;

    /** @param index which of those that are submitted together */
    BatchedSubmission(Packet packet, String routingKey, long deadline, SubmissionListener listener, int index) {
        super(packet, routingKey, null, PacketType.JOB_CREATED, deadline, 1);
        this.listener = listener;
        this.index = index;
    }

    @Override
    boolean isOver() {
        return over;
    }

    @Override
    protected void answered(ClientConnection connection, Packet answer) {
        end(null);
    }

    @Override
    void fail(GearmanException cause) {
        end(cause);
    }

    /** @param cause null if a job server has it */
    private void end(@Nullable GearmanException cause) {
        if (over) {
            return;
        }
        over = true;
        try {
            if (cause == null) {
                listener.submitted(index);
            } else {
                listener.failed(index, cause);
            }
        } catch (RuntimeException e) {
            LOG.error("A listener of submissions failed; going on without it", e);
        }
    }
}
