package dev.darkroom.gearman.server;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All functions and jobs of a server, within its bounds. Lives on the server's event loop. */
final class JobTable {

    /** More functions than this are refused, unless some of them have neither jobs nor workers. */
    private static final int MAX_FUNCTIONS = 20_000;

    /** Memory of a function beside its name, estimated. */
    private static final int FUNCTION_SIZE = 1_500;

    private final JobServerSettings settings;
    private final Map<String, FunctionQueue> functions = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new HashMap<>();

    /** The job that was submitted last with a key, whatever its function; it leads to the others. */
    private final Map<String, Job> newest = new HashMap<>();

    private final String handlePrefix = "H:" + HostName.ofThisMachine() + ":";
    private long bytes;

    /** Starts elsewhere in each process: a handle of a server that was restarted must not name another job. */
    private long handles = ProcessHandle.current().pid() * 1_000_000_000;

    JobTable(JobServerSettings settings) {
        this.settings = settings;
    }

    /** The function of this name, made where it is new. */
    FunctionQueue function(byte[] name) {
        Name key = new Name(name);
        FunctionQueue known = functions.get(key.text());
        if (known != null) {
            return known;
        }
        if (functions.size() >= MAX_FUNCTIONS) {
            forgetIdleFunctions();
        }
        if (functions.size() >= MAX_FUNCTIONS) {
            throw new RefusedException("QUEUE_ERROR", "Too many functions: the limit is " + MAX_FUNCTIONS);
        }
        take(size(key));
        FunctionQueue made = new FunctionQueue(key);
        functions.put(key.text(), made);
        return made;
    }

    @Nullable
    FunctionQueue known(byte[] name) {
        return functions.get(new Name(name).text());
    }

    @Nullable
    FunctionQueue known(String name) {
        return functions.get(name);
    }

    Collection<FunctionQueue> functions() {
        return functions.values();
    }

    void drop(FunctionQueue function) {
        if (functions.remove(function.name.text(), function)) {
            bytes -= size(function.name);
        }
    }

    Name nextHandle() {
        return new Name(handlePrefix + ++handles);
    }

    /** @param clientSize memory of who waits for it, taken with it */
    void add(Job job, long clientSize) {
        Integer limit = job.function.limits.get(job.priority);
        if (limit != null && job.function.total >= limit) {
            throw new RefusedException("QUEUE_ERROR", "Job queue is full");
        }
        if (jobs.size() >= settings.maxJobs()) {
            throw new RefusedException(
                    "QUEUE_ERROR", "Job server is full: it has its limit of " + settings.maxJobs() + " jobs");
        }
        take(job.size() + clientSize);
        jobs.put(job.handle.text(), job);
        job.function.enter(job);
        Job older = newest.put(job.unique.text(), job);
        if (older != null) {
            job.older = older;
            older.newer = job;
        }
    }

    void remove(Job job) {
        job.stopTimer();
        jobs.remove(job.handle.text());
        job.function.leave(job);
        bytes -= job.size();
        if (job.older != null) {
            job.older.newer = job.newer;
        }
        if (job.newer != null) {
            job.newer.older = job.older;
        } else if (job.older != null) {
            newest.put(job.unique.text(), job.older);
        } else {
            newest.remove(job.unique.text());
        }
    }

    /** Takes memory out of what is allowed for all. */
    void take(long size) {
        if (bytes + size > settings.maxBytes()) {
            throw new RefusedException(
                    "QUEUE_ERROR",
                    "Job server is full: it takes " + bytes + " of at most " + settings.maxBytes() + " bytes");
        }
        bytes += size;
    }

    void giveBack(long size) {
        bytes -= size;
    }

    long bytes() {
        return bytes;
    }

    @Nullable
    Job job(String handle) {
        return jobs.get(handle);
    }

    Collection<Job> jobs() {
        return jobs.values();
    }

    /** The newest job with this key, whatever its function; none for the keys that are none. */
    @Nullable
    Job newestWithKey(String unique) {
        return unique.isEmpty() || unique.equals("-") ? null : newest.get(unique);
    }

    static long size(Name function) {
        return (long) FUNCTION_SIZE + function.bytes().length;
    }

    private void forgetIdleFunctions() {
        for (FunctionQueue function : functions.values().toArray(FunctionQueue[]::new)) {
            if (function.isIdle()) {
                drop(function);
            }
        }
    }
}
