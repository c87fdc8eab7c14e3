package dev.darkroom.gearman.client;

import dev.darkroom.gearman.GearmanException;

/**
 * Hears what became of background jobs that were submitted together: of each once, on the client's event loop or on the
 * thread that submits, so it must not block.
 */
public interface SubmissionListener {

    /**
     * A job server has taken the job.
     *
     * @param index which of those that were submitted together, from 0
     */
    void submitted(int index);

    /**
     * The job was not sent, was refused, or it is unknown whether it was taken.
     *
     * @param cause as that of {@link GearmanClient#submitBackground(Submission)}
     */
    void failed(int index, GearmanException cause);
}
