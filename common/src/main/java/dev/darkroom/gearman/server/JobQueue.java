package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to jobs: queued, handed out, given back, finished. Lives on the server's event loop. */
final class JobQueue {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final Packet WAKE = Packet.response(PacketType.NOOP);
    private static final Priority[] PRIORITIES = Priority.values();
    private static final byte[] NOTHING = {};

    private final JobServerSettings settings;
    private final JobTable table;
    private final EventLoop loop;
    private final InstantSource clock;

    JobQueue(JobServerSettings settings, JobTable table, EventLoop loop, InstantSource clock) {
        this.settings = settings;
        this.table = table;
        this.loop = loop;
        this.clock = clock;
    }

    JobTable table() {
        return table;
    }

    /**
     * Queues a job, or finds the one that its unique key stands for.
     *
     * @param client waits for the result; null for a background job
     * @param dueSeconds not handed out before, in seconds since 1970; 0 for at once
     */
    Job submit(Submitted submitted, @Nullable ServerConnection client, long dueSeconds) {
        FunctionQueue function = table.function(submitted.function());
        Job job = submitted.unique().isEmpty()
                ? null
                : function.unique.get(submitted.unique().text());
        if (job == null) {
            job = new Job(function, table.nextHandle(), submitted);
            table.add(job);
            enqueueWhenDue(job, dueSeconds);
        }
        if (client == null) {
            job.background = true;
        } else {
            job.clients.add(client);
            client.waitsFor(job);
        }
        return job;
    }

    /** Hands out the next job that the connection can do, or null. A high job of any function goes first. */
    @Nullable
    Job grab(ServerConnection connection) {
        for (Priority priority : PRIORITIES) {
            for (FunctionQueue function : connection.abilities().keySet()) {
                Job job = function.peek(priority);
                if (job != null) {
                    function.remove(priority);
                    assign(job, connection);
                    return job;
                }
            }
        }
        return null;
    }

    boolean hasJobFor(ServerConnection connection) {
        for (Priority priority : PRIORITIES) {
            for (FunctionQueue function : connection.abilities().keySet()) {
                if (function.peek(priority) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    void finish(Job job) {
        ServerConnection worker = job.worker;
        if (worker != null) {
            worker.running().remove(job);
            job.function.running--;
        }
        job.clients.forEach(client -> client.waitsNoMore(job));
        table.remove(job);
    }

    void cancel(Job job) {
        tell(job, new Packet(Magic.RESPONSE, PacketType.WORK_FAIL, NOTHING, job.handle.bytes()));
        finish(job);
    }

    /** Sends a packet about the job to every client that waits for it. */
    void tell(Job job, Packet packet) {
        job.clients.forEach(client -> client.send(packet));
    }

    /** The connection does none of these functions any more; its jobs of them go back into the queue, as in gearmand. */
    void withdraw(ServerConnection connection, List<FunctionQueue> functions) {
        for (FunctionQueue function : functions) {
            function.workers.remove(connection);
            connection.abilities().remove(function);
        }
        for (Job job : List.copyOf(connection.running())) {
            if (functions.contains(job.function)) {
                giveBack(job);
            }
        }
    }

    /** A connection has gone: what it ran goes to others, what it alone waited for is dropped. */
    void forget(ServerConnection connection) {
        withdraw(connection, List.copyOf(connection.abilities().keySet()));
        List.copyOf(connection.running()).forEach(this::giveBack);
        for (Job job : connection.awaited()) {
            job.clients.remove(connection);
            if (job.clients.isEmpty() && !job.background && job.worker == null) {
                finish(job);
            }
        }
    }

    private void enqueueWhenDue(Job job, long dueSeconds) {
        long dueMillis = Math.min(dueSeconds, Long.MAX_VALUE / 1000) * 1000;
        long wait = dueMillis == 0 ? 0 : dueMillis - clock.millis();
        if (wait <= 0) {
            enqueue(job);
        } else {
            job.timer = loop.schedule(() -> enqueue(job), wait, TimeUnit.MILLISECONDS);
        }
    }

    private void enqueue(Job job) {
        job.function.add(job);
        for (ServerConnection worker : job.function.workers) {
            if (worker.wake()) {
                worker.send(WAKE);
            }
        }
    }

    private void assign(Job job, ServerConnection connection) {
        job.worker = connection;
        job.function.running++;
        connection.running().add(job);
        Duration timeout = connection.abilities().getOrDefault(job.function, Duration.ZERO);
        if (!timeout.isZero()) {
            job.timer = loop.schedule(() -> giveBack(job), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void giveBack(Job job) {
        ServerConnection worker = job.worker;
        if (worker == null) {
            return;
        }
        job.timesLost++;
        if (settings.jobRetries() > 0 && job.timesLost >= settings.jobRetries()) {
            LOG.warn(
                    "Dropping job {} of {}: handed out {} times, never finished",
                    job.handle,
                    job.function.name,
                    job.timesLost);
            cancel(job);
            return;
        }
        worker.running().remove(job);
        job.function.running--;
        job.takeFromWorker();
        enqueue(job);
    }

    /** A job as a client submits it. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Submitted(byte[] function, Name unique, byte[] reducer, byte[] payload, Priority priority) {

        Submitted reducedBy(byte[] name) {
            return new Submitted(function, unique, name, payload, priority);
        }
    }
}
