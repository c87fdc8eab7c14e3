package dev.darkroom.gearman.server;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All functions and jobs of a server, within its bounds. Lives on the server's event loop.
 */
final class JobTable {

    /** More functions than this are refused, unless some of them have neither jobs nor workers. */
    private static final int MAX_FUNCTIONS = 20_000;

    /** gearmand takes names up to this many bytes. */
    private static final int MAX_NAME = 512;

    private final JobServerSettings settings;
    private final Map<String, FunctionQueue> functions = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new HashMap<>();
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
        if (name.length > MAX_NAME) {
            throw new RefusedException("ARGUMENT_TOO_LARGE", "A function's name has at most " + MAX_NAME + " bytes");
        }
        if (functions.size() >= MAX_FUNCTIONS) {
            functions.values().removeIf(FunctionQueue::isIdle);
        }
        if (functions.size() >= MAX_FUNCTIONS) {
            throw new RefusedException("QUEUE_ERROR", "Too many functions: the limit is " + MAX_FUNCTIONS);
        }
        FunctionQueue made = new FunctionQueue(key);
        functions.put(key.text(), made);
        return made;
    }

    @Nullable
    FunctionQueue known(String name) {
        return functions.get(name);
    }

    Collection<FunctionQueue> functions() {
        return functions.values();
    }

    /** Forgets a function that has neither jobs nor workers; false where it has. */
    boolean drop(FunctionQueue function) {
        if (function.total > 0 || !function.workers.isEmpty()) {
            return false;
        }
        functions.remove(function.name.text());
        return true;
    }

    Name nextHandle() {
        return new Name(handlePrefix + ++handles);
    }

    void add(Job job) {
        checkRoom(job);
        jobs.put(job.handle.text(), job);
        if (!job.unique.isEmpty()) {
            job.function.unique.put(job.unique.text(), job);
        }
        job.function.total++;
        bytes += job.size();
    }

    void remove(Job job) {
        job.gone = true;
        job.stopTimer();
        jobs.remove(job.handle.text());
        if (!job.unique.isEmpty()) {
            job.function.unique.remove(job.unique.text(), job);
        }
        job.function.total--;
        bytes -= job.size();
    }

    @Nullable
    Job job(String handle) {
        return jobs.get(handle);
    }

    Collection<Job> jobs() {
        return jobs.values();
    }

    /** A job with this unique key, whatever its function; a running one rather than another. */
    @Nullable
    Job anyWithUnique(String unique) {
        Job found = null;
        for (FunctionQueue function : functions.values()) {
            Job job = function.unique.get(unique);
            if (job != null && (found == null || found.worker == null)) {
                found = job;
            }
        }
        return found;
    }

    private void checkRoom(Job job) {
        Integer limit = job.function.limits.get(job.priority);
        if (limit != null && job.function.total >= limit) {
            throw new RefusedException("QUEUE_ERROR", "Job queue is full: the function has its limit of " + limit);
        }
        if (jobs.size() >= settings.maxJobs()) {
            throw new RefusedException(
                    "QUEUE_ERROR", "Job server is full: it has its limit of " + settings.maxJobs() + " jobs");
        }
        if (bytes + job.size() > settings.maxBytes()) {
            throw new RefusedException(
                    "QUEUE_ERROR",
                    "Job server is full: its jobs take " + bytes + " of at most " + settings.maxBytes() + " bytes");
        }
    }
}
