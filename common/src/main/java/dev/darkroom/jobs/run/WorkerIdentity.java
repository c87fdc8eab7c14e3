package dev.darkroom.jobs.run;

import dev.darkroom.jobs.ledger.WorkerSelf;
import java.util.UUID;

/**
 * Who a worker process is.
 *
 * @param id made anew at every start
 * @param name what it is called in logs and in the failed table, such as {@code feed.deliver@host:1234}
 * @param alone whether it does jobs under suspicion only, one at a time
 */
public record WorkerIdentity(UUID id, String name, String host, long pid, int threads, boolean alone) {

    public static WorkerIdentity ofThisProcess(String what, String host, int threads) {
        long pid = ProcessHandle.current().pid();
        return new WorkerIdentity(UUID.randomUUID(), what + "@" + host + ":" + pid, host, pid, threads, false);
    }

    /** The same for a process that does only jobs whose process died, one at a time, so that no other dies with them. */
    public WorkerIdentity forJobsUnderSuspicion() {
        return new WorkerIdentity(id, name, host, pid, 1, true);
    }

    /** As the ledger knows it. */
    public WorkerSelf self() {
        return new WorkerSelf(id, name, host, pid, threads, alone);
    }
}
