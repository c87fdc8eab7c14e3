package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of a worker process. Thread-safe. */
final class JobListeners {

    private static final Logger LOG = LoggerFactory.getLogger(JobListeners.class);

    private final List<JobListener> listeners = new CopyOnWriteArrayList<>();

    void add(JobListener listener) {
        listeners.add(listener);
    }

    void started(HeldJob job) {
        if (!listeners.isEmpty()) {
            tell(job, listener -> listener.started(job.entry().type(), job.context()));
        }
    }

    void settled(EndedJob ended, Settlement settlement) {
        if (!listeners.isEmpty()) {
            HeldJob job = ended.held();
            Duration runTime = Duration.ofNanos(ended.micros() * 1_000);
            tell(job, listener -> listener.settled(job.entry().type(), job.context(), settlement, runTime));
        }
    }

    private void tell(HeldJob job, Consumer<JobListener> event) {
        for (JobListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                LOG.error(
                        "A listener failed at job {}; the job goes on",
                        job.envelope().id(),
                        e);
            }
        }
    }
}
