package dev.darkroom.jobs.ledger;

/** Is told when jobs had become due, of some of the batches that were settled; on the settling thread. */
public interface DueTimes {

    /** @param nanoTime when the job became due, by {@link System#nanoTime} of this process */
    void wasDue(FinishedJob job, long nanoTime);
}
