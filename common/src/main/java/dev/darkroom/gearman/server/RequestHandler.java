package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the packets of the binary protocol. Lives on the server's event loop. */
final class RequestHandler {

    /** Bytes; as in gearmand. */
    private static final int MAX_UNIQUE_KEY_SIZE = 64;

    private static final byte[] NOTHING = {};
    private static final byte[] ZERO = {'0'};
    private static final byte[] ONE = {'1'};
    private static final Packet NO_JOB = Packet.response(PacketType.NO_JOB);
    private static final Packet WAKE = Packet.response(PacketType.NOOP);

    private final JobQueue queue;
    private final Set<ServerConnection> connections;

    RequestHandler(JobQueue queue, Set<ServerConnection> connections) {
        this.queue = queue;
        this.connections = connections;
    }

    void handle(ServerConnection from, Packet packet) {
        try {
            dispatch(from, packet);
        } catch (RefusedException e) {
            from.refuse(e.code(), String.valueOf(e.getMessage()));
        }
    }

    void disconnected(ServerConnection connection) {
        connections.remove(connection);
        queue.forget(connection);
    }

    private void dispatch(ServerConnection from, Packet packet) {
        switch (packet.type()) {
            case SUBMIT_JOB, SUBMIT_JOB_BG -> submit(from, packet, Priority.NORMAL);
            case SUBMIT_JOB_HIGH, SUBMIT_JOB_HIGH_BG -> submit(from, packet, Priority.HIGH);
            case SUBMIT_JOB_LOW, SUBMIT_JOB_LOW_BG -> submit(from, packet, Priority.LOW);
            case SUBMIT_REDUCE_JOB, SUBMIT_REDUCE_JOB_BACKGROUND -> submitReduce(from, packet);
            case SUBMIT_JOB_EPOCH -> submitLater(from, packet);
            case GRAB_JOB, GRAB_JOB_UNIQ, GRAB_JOB_ALL -> grab(from, packet.type());
            case PRE_SLEEP -> sleep(from);
            case CAN_DO -> canDo(from, packet, Duration.ZERO);
            case CAN_DO_TIMEOUT -> canDo(from, packet, timeout(number(packet, 1)));
            case CANT_DO -> cantDo(from, packet);
            case RESET_ABILITIES ->
                queue.withdraw(from, List.copyOf(from.abilities().keySet()));
            case WORK_COMPLETE, WORK_FAIL, WORK_EXCEPTION -> finish(from, packet);
            case WORK_DATA, WORK_WARNING -> queue.tell(jobOf(from, packet), response(packet));
            case WORK_STATUS -> progress(from, packet);
            case GET_STATUS -> from.send(status(packet, queue.table().job(packet.handle()), false));
            case GET_STATUS_UNIQUE -> from.send(status(packet, queue.table().anyWithUnique(packet.handle()), true));
            case ECHO_REQ -> from.send(Packet.response(PacketType.ECHO_RES, packet.payload()));
            case SET_CLIENT_ID -> from.identify(new String(packet.argument(0), ISO_8859_1));
            case OPTION_REQ -> option(from, packet);
            case ALL_YOURS -> {}
            default -> throw new RefusedException("INVALID_COMMAND", packet.type() + " is not supported");
        }
    }

    private void submit(ServerConnection from, Packet packet, Priority priority) {
        Job job = queue.submit(submitted(packet, priority), waiting(from, packet, priority), 0);
        from.send(created(job));
    }

    private void submitLater(ServerConnection from, Packet packet) {
        from.send(created(queue.submit(submitted(packet, Priority.NORMAL), null, number(packet, 2))));
    }

    /** The fourth argument is not used, as in gearmand. */
    private void submitReduce(ServerConnection from, Packet packet) {
        ServerConnection client = packet.type() == PacketType.SUBMIT_REDUCE_JOB ? from : null;
        JobQueue.Submitted submitted = submitted(packet, Priority.NORMAL);
        if (packet.argument(2).length > MAX_UNIQUE_KEY_SIZE) {
            throw new RefusedException("ARGUMENT_TOO_LARGE", "Unique value too large");
        }
        from.send(created(queue.submit(submitted.reducedBy(packet.argument(2)), client, 0)));
    }

    private static @Nullable ServerConnection waiting(ServerConnection from, Packet packet, Priority priority) {
        return packet.type() == PacketType.foreground(priority) ? from : null;
    }

    private static JobQueue.Submitted submitted(Packet packet, Priority priority) {
        if (packet.argument(1).length > MAX_UNIQUE_KEY_SIZE) {
            throw new RefusedException("ARGUMENT_TOO_LARGE", "Unique value too large");
        }
        return new JobQueue.Submitted(
                packet.argument(0), new Name(packet.argument(1)), NOTHING, packet.payload(), priority);
    }

    private static Packet created(Job job) {
        return new Packet(Magic.RESPONSE, PacketType.JOB_CREATED, NOTHING, job.handle.bytes());
    }

    private void grab(ServerConnection from, PacketType how) {
        from.setSleeping(false);
        Job job = queue.grab(from);
        if (job == null) {
            from.send(NO_JOB);
        } else {
            from.send(job.assignment(how));
        }
    }

    private void sleep(ServerConnection from) {
        if (queue.hasJobFor(from)) {
            from.send(WAKE);
        } else {
            from.setSleeping(true);
        }
    }

    /** In milliseconds, and less than a second is a second, as in gearmand. */
    private static Duration timeout(long millis) {
        return millis == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(1000, millis));
    }

    private void canDo(ServerConnection from, Packet packet, Duration timeout) {
        FunctionQueue function = queue.table().function(packet.argument(0));
        function.workers.add(from);
        from.abilities().put(function, timeout);
    }

    private void cantDo(ServerConnection from, Packet packet) {
        FunctionQueue function = queue.table().known(packet.handle());
        if (function != null && from.abilities().containsKey(function)) {
            queue.withdraw(from, List.of(function));
        }
    }

    private void finish(ServerConnection from, Packet packet) {
        Job job = jobOf(from, packet);
        Packet response = response(packet);
        for (ServerConnection client : job.clients) {
            boolean hidden = packet.type() == PacketType.WORK_EXCEPTION && !client.wantsExceptions();
            client.send(
                    hidden ? new Packet(Magic.RESPONSE, PacketType.WORK_FAIL, NOTHING, packet.argument(0)) : response);
        }
        queue.finish(job);
    }

    private void progress(ServerConnection from, Packet packet) {
        Job job = jobOf(from, packet);
        job.numerator = Long.toString(number(packet, 1)).getBytes(ISO_8859_1);
        job.denominator = Long.toString(number(packet, 2)).getBytes(ISO_8859_1);
        queue.tell(job, response(packet));
    }

    private static Packet response(Packet work) {
        byte[][] arguments = new byte[work.type().argumentCount()][];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = work.argument(i);
        }
        return new Packet(Magic.RESPONSE, work.type(), work.payload(), arguments);
    }

    private Job jobOf(ServerConnection worker, Packet packet) {
        Job job = queue.table().job(packet.handle());
        if (job == null || job.worker != worker) {
            throw new RefusedException("JOB_NOT_FOUND", "Job given in work result not found");
        }
        return job;
    }

    /** As gearmand, the answer about a unique key starts with that key and not with a handle. */
    private static Packet status(Packet asked, @Nullable Job job, boolean unique) {
        byte[] known = job == null ? ZERO : ONE;
        byte[] running = job == null || job.worker == null ? ZERO : ONE;
        byte[] numerator = job == null ? ZERO : job.numerator;
        byte[] denominator = job == null ? ZERO : job.denominator;
        if (!unique) {
            return new Packet(
                    Magic.RESPONSE,
                    PacketType.STATUS_RES,
                    NOTHING,
                    asked.argument(0),
                    known,
                    running,
                    numerator,
                    denominator);
        }
        byte[] clients = Integer.toString(job == null ? 0 : job.clients.size()).getBytes(ISO_8859_1);
        return new Packet(
                Magic.RESPONSE,
                PacketType.STATUS_RES_UNIQUE,
                NOTHING,
                asked.argument(0),
                known,
                running,
                numerator,
                denominator,
                clients);
    }

    private static void option(ServerConnection from, Packet packet) {
        if (!packet.text(0).equalsIgnoreCase("exceptions")) {
            throw new RefusedException("UNKNOWN_OPTION", "Server does not recognize given option");
        }
        from.wantExceptions();
        from.send(new Packet(Magic.RESPONSE, PacketType.OPTION_RES, NOTHING, packet.argument(0)));
    }

    private static long number(Packet packet, int index) {
        try {
            return Math.max(0, Long.parseLong(packet.text(index).trim()));
        } catch (NumberFormatException e) {
            throw new RefusedException("INVALID_ARGUMENT", "Not a number: '" + packet.text(index) + "'");
        }
    }
}
