package dev.darkroom.ops.killtest.judge;

import dev.darkroom.ops.killtest.load.CommitLog;

/**
 * A transaction as its producer logged it.
 *
 * @param first sequence of its first job
 * @param answer what the producer learned; unknown too if it died without having written any
 */
record Batch(int producer, int number, int first, int count, CommitLog.Answer answer) {

    Batch answered(CommitLog.Answer learned) {
        return new Batch(producer, number, first, count, learned);
    }
}
