package dev.darkroom.ops.bench.load;

import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.run.JobListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The least that a listener can do. Thread-safe. */
final class CountingListener implements JobListener {

    private final LongAdder started = new LongAdder();
    private final LongAdder settled = new LongAdder();

    @Override
    public void started(JobType<?> type, JobContext context) {
        started.increment();
    }

    @Override
    public void settled(JobType<?> type, JobContext context, Settlement settlement, Duration runTime) {
        settled.increment();
    }
}
