package dev.darkroom.gearman.server;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.ArrayList;
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

    /** gearmand gives no job less. */
    private static final long SHORTEST_TIMEOUT_MILLIS = 1_000;

    /** Ten years: longer ones do not fit into a timer. */
    private static final long LONGEST_TIMEOUT_MILLIS = TimeUnit.DAYS.toMillis(3653);

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
     * Queues a job, or finds the one that its unique key stands for: also one that nobody wants any more.
     *
     * @param client waits for the result; null for a background job
     */
    Job submit(Submitted submitted, @Nullable ServerConnection client) {
        FunctionQueue function = table.function(submitted.function());
        Job job = function.same(submitted.unique(), submitted.payload());
        if (job == null) {
            job = new Job(function, table.nextHandle(), submitted);
            job.background = client == null;
            table.add(job, client == null ? 0 : Job.CLIENT_SIZE);
            queue(job);
        } else if (client != null) {
            table.take(Job.CLIENT_SIZE);
        }
        if (client != null) {
            job.addClient(client);
            client.awaited().add(job);
        }
        return job;
    }

    void announce(ServerConnection connection, byte[] name, long timeout) {
        FunctionQueue function = table.function(name);
        Ability ability = connection.abilities().of(function);
        if (ability == null) {
            table.take(Ability.SIZE);
            ability = new Ability(connection, function);
        }
        connection.abilities().announce(ability, timeout);
        function.workers++;
        if (connection.isWakeable()) {
            function.sleepers.add(connection);
        }
    }

    /** Hands out the next job that the connection can do, or null. What it announced last goes first. */
    @Nullable
    Job grab(ServerConnection connection) {
        stir(connection);
        long now = now();
        for (Ability ability : connection.abilities().inOrder()) {
            for (Job job = ability.function.take(now); job != null; job = ability.function.take(now)) {
                if (!job.ignored) {
                    assign(job, ability);
                    return job;
                }
                drop(job);
            }
        }
        return null;
    }

    /** Whether there was a job after all; where not, the connection sleeps until it is woken. */
    boolean isWokenAtOnce(ServerConnection connection) {
        if (hasJobFor(connection)) {
            return true;
        }
        connection.fallAsleep();
        connection.timed().forEach(Job::stopTimer);
        connection.timed().clear();
        if (connection.isWakeable()) {
            connection.abilities().inOrder().forEach(ability -> ability.function.sleepers.add(connection));
        }
        return false;
    }

    void finish(Job job) {
        leaveWorker(job);
        drop(job);
    }

    /** Tells the clients; the job itself is dropped when its turn comes, or finished by who has it. */
    void cancel(Job job) {
        tell(job, failure(job));
        job.ignored = true;
        job.background = false;
    }

    /** Sends a packet about the job to every client that waits for it. */
    void tell(Job job, Packet packet) {
        job.clients().forEach((client, times) -> {
            for (int i = 0; i < times; i++) {
                client.send(packet);
            }
        });
    }

    /** The connection does this function no more; its jobs of it go back into the queue, the last one first. */
    void withdraw(Ability ability) {
        List<Job> running = new ArrayList<>(ability.running);
        for (int i = running.size() - 1; i >= 0; i--) {
            requeue(running.get(i));
        }
        ability.function.workers -= ability.times;
        ability.function.sleepers.remove(ability.connection);
        ability.connection.abilities().remove(ability);
        table.giveBack(Ability.SIZE);
    }

    /** A connection has gone: what it ran goes to others, what it alone waited for is not wanted any more. */
    void forget(ServerConnection connection) {
        stir(connection);
        connection.abilities().copy().forEach(this::withdraw);
        for (Job job : connection.awaited()) {
            table.giveBack((long) Job.CLIENT_SIZE * job.removeClient(connection));
            if (job.clients().isEmpty()) {
                job.ignored = true;
                job.background = false;
            }
        }
        connection.awaited().clear();
    }

    private boolean hasJobFor(ServerConnection connection) {
        long now = now();
        for (Ability ability : connection.abilities().inOrder()) {
            for (Priority priority : PRIORITIES) {
                Job job = ability.function.peek(priority, now);
                while (job != null && job.ignored) {
                    ability.function.remove(job);
                    drop(job);
                    job = ability.function.peek(priority, now);
                }
                if (job != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private void queue(Job job) {
        FunctionQueue function = job.function;
        if (!function.sleepers.isEmpty()) {
            for (ServerConnection sleeper : List.copyOf(function.sleepers)) {
                sleeper.send(WAKE);
                sleeper.wasWoken();
                leaveSleepers(sleeper);
            }
        }
        function.add(job, now());
    }

    private void stir(ServerConnection connection) {
        if (connection.isWakeable()) {
            leaveSleepers(connection);
        }
        connection.stir();
    }

    private static void leaveSleepers(ServerConnection connection) {
        connection.abilities().inOrder().forEach(ability -> ability.function.sleepers.remove(connection));
    }

    private void assign(Job job, Ability ability) {
        job.worker = ability;
        job.function.running++;
        ability.running.add(job);
        if (ability.timeout > 0) {
            long millis = Math.min(LONGEST_TIMEOUT_MILLIS, Math.max(SHORTEST_TIMEOUT_MILLIS, ability.timeout));
            job.timer = loop.schedule(() -> requeue(job), millis, TimeUnit.MILLISECONDS);
            ability.connection.timed().add(job);
        }
    }

    private void requeue(Job job) {
        job.timesLost++;
        leaveWorker(job);
        if (settings.jobRetries() > 0 && job.timesLost >= settings.jobRetries()) {
            // Not at WARN: a killed worker may have had a hundred thousand, and this thread serves everybody.
            LOG.debug("Dropping {} of {}: handed out {} times", job.handle, job.function.name, job.timesLost);
            tell(job, failure(job));
            drop(job);
            return;
        }
        job.numerator = 0;
        job.denominator = 0;
        queue(job);
    }

    private static void leaveWorker(Job job) {
        Ability worker = job.worker;
        if (worker != null) {
            job.stopTimer();
            worker.running.remove(job);
            worker.connection.timed().remove(job);
            job.function.running--;
            job.worker = null;
        }
    }

    private void drop(Job job) {
        job.clients().forEach((client, times) -> {
            client.awaited().remove(job);
            table.giveBack((long) Job.CLIENT_SIZE * times);
        });
        table.remove(job);
    }

    private long now() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    private static Packet failure(Job job) {
        return new Packet(Magic.RESPONSE, PacketType.WORK_FAIL, NOTHING, job.handle.bytes());
    }

    /**
     * A job as a client submits it.
     *
     * @param dueSeconds not handed out before, in seconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Submitted(
            byte[] function, Name unique, byte[] reducer, byte[] payload, Priority priority, long dueSeconds) {}
}
