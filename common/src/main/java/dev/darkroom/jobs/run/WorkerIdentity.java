package dev.darkroom.jobs.run;

import java.util.UUID;

/**
 * Who a worker process is.
 *
 * @param id made anew at every start
 * @param name what it is called in logs and in the failed table, such as {@code feed.deliver@host:1234}
 */
public record WorkerIdentity(UUID id, String name, String host, long pid, int threads) {

    public static WorkerIdentity ofThisProcess(String what, String host, int threads) {
        long pid = ProcessHandle.current().pid();
        return new WorkerIdentity(UUID.randomUUID(), what + "@" + host + ":" + pid, host, pid, threads);
    }
}
