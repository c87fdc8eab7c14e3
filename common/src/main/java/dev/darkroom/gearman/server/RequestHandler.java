package dev.darkroom.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ProtocolException;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.util.Arrays;
import java.util.Set;

/** Answers the packets of the binary protocol as gearmand 1.1.20 does. Lives on the server's event loop. */
final class RequestHandler {

    /** Bytes of a unique key and of a reducer's name; as in gearmand. */
    private static final int MAX_UNIQUE_KEY_SIZE = 64;

    /** Bytes of a handle or key that is asked about, and of an option; gearmand closes the connection beyond. */
    private static final int MAX_ASKED_SIZE = 63;

    /** Bytes that gearmand keeps of a client's name. */
    private static final int MAX_CLIENT_ID_SIZE = 127;

    /** Digits of a denominator that gearmand reads, and those from which on it closes the connection. */
    private static final int DENOMINATOR_DIGITS = 10;

    private static final int TOO_MANY_DENOMINATOR_DIGITS = 12;

    /** Digits of a time-out from which on gearmand closes the connection. */
    private static final int TOO_MANY_TIMEOUT_DIGITS = 21;

    private static final byte[] NOTHING = {};
    private static final Packet NO_JOB = Packet.response(PacketType.NO_JOB);
    private static final Packet WAKE = Packet.response(PacketType.NOOP);

    private final JobQueue queue;
    private final Set<ServerConnection> connections;

    RequestHandler(JobQueue queue, Set<ServerConnection> connections) {
        this.queue = queue;
        this.connections = connections;
    }

    void disconnected(ServerConnection connection) {
        if (connections.remove(connection)) {
            queue.forget(connection);
        }
    }

    /**
     * @throws RefusedException where the answer is an error
     * @throws ProtocolException where the connection is to be closed
     */
    void handle(ServerConnection from, Packet packet) {
        switch (packet.type()) {
            case SUBMIT_JOB, SUBMIT_JOB_BG -> submit(from, packet, Priority.NORMAL);
            case SUBMIT_JOB_HIGH, SUBMIT_JOB_HIGH_BG -> submit(from, packet, Priority.HIGH);
            case SUBMIT_JOB_LOW, SUBMIT_JOB_LOW_BG -> submit(from, packet, Priority.LOW);
            case SUBMIT_JOB_EPOCH -> submitLater(from, packet);
            case SUBMIT_REDUCE_JOB, SUBMIT_REDUCE_JOB_BACKGROUND -> submitReduced(from, packet);
            case GRAB_JOB, GRAB_JOB_UNIQ, GRAB_JOB_ALL -> grab(from, packet.type());
            case PRE_SLEEP -> sleep(from);
            case CAN_DO -> queue.announce(from, packet.argument(0), 0);
            case CAN_DO_TIMEOUT -> queue.announce(from, packet.argument(0), timeout(packet));
            case CANT_DO -> cantDo(from, packet);
            case RESET_ABILITIES -> from.abilities().copy().forEach(queue::withdraw);
            case WORK_COMPLETE -> finish(from, packet, "Job given in work result not found");
            case WORK_FAIL -> fail(from, packet);
            case WORK_EXCEPTION -> finish(from, packet, "An exception was received for a job that does not exist");
            case WORK_DATA, WORK_WARNING ->
                queue.tell(jobOf(from, packet, "Job does not exist on server"), response(packet));
            case WORK_STATUS -> progress(from, packet);
            case GET_STATUS -> from.send(status(asked(packet)));
            case GET_STATUS_UNIQUE -> from.send(statusOfKey(asked(packet)));
            case ECHO_REQ -> from.send(Packet.response(PacketType.ECHO_RES, packet.payload()));
            case SET_CLIENT_ID -> identify(from, packet.argument(0));
            case OPTION_REQ -> option(from, packet);
            // Also ALL_YOURS, which PROTOCOL says is not used, and SUBMIT_JOB_SCHED, which it says does not work.
            default -> throw new RefusedException("INVALID_COMMAND", "Command not expected");
        }
    }

    private void submit(ServerConnection from, Packet packet, Priority priority) {
        ServerConnection client = packet.type() == PacketType.foreground(priority) ? from : null;
        from.send(created(queue.submit(submitted(packet, NOTHING, priority, 0), client)));
    }

    private void submitLater(ServerConnection from, Packet packet) {
        long due = CText.number(CText.upToNul(packet.argument(2)));
        if (CText.isCut(due)) {
            throw new ProtocolException("a time of " + packet.text(2) + " seconds does not fit");
        }
        from.send(created(queue.submit(submitted(packet, NOTHING, Priority.NORMAL, due), null)));
    }

    /** The fourth argument is not used. The length that is checked is that of the reducer, the third. */
    private void submitReduced(ServerConnection from, Packet packet) {
        ServerConnection client = packet.type() == PacketType.SUBMIT_REDUCE_JOB ? from : null;
        checkKey(packet.argument(2));
        // gearmand takes a longer key here, and then reads past the end of its copy when it hands out the job.
        from.send(created(queue.submit(submitted(packet, packet.argument(2), Priority.NORMAL, 0), client)));
    }

    private static JobQueue.Submitted submitted(Packet packet, byte[] reducer, Priority priority, long dueSeconds) {
        checkKey(packet.argument(1));
        return new JobQueue.Submitted(
                packet.argument(0), new Name(packet.argument(1)), reducer, packet.payload(), priority, dueSeconds);
    }

    private static void checkKey(byte[] key) {
        if (key.length > MAX_UNIQUE_KEY_SIZE) {
            throw new RefusedException("ARGUMENT_TOO_LARGE", "Unique value too large");
        }
    }

    private static Packet created(Job job) {
        return new Packet(Magic.RESPONSE, PacketType.JOB_CREATED, NOTHING, job.handle.bytes());
    }

    private void grab(ServerConnection from, PacketType how) {
        Job job = queue.grab(from);
        from.send(job == null ? NO_JOB : job.assignment(how));
    }

    private void sleep(ServerConnection from) {
        if (queue.isWokenAtOnce(from)) {
            from.send(WAKE);
        }
    }

    /** gearmand 1.1.20 ends itself where such a number does not fit into 64 bits; here only the connection ends. */
    private static long timeout(Packet packet) {
        byte[] text = packet.argument(1);
        long timeout = text.length < TOO_MANY_TIMEOUT_DIGITS ? CText.number(CText.upToNul(text)) : Long.MAX_VALUE;
        if (CText.isCut(timeout)) {
            throw new ProtocolException("a time-out of " + packet.text(1) + " milliseconds does not fit");
        }
        return timeout;
    }

    private void cantDo(ServerConnection from, Packet packet) {
        FunctionQueue function = queue.table().known(packet.argument(0));
        Ability ability = function == null ? null : from.abilities().of(function);
        if (ability != null) {
            queue.withdraw(ability);
        }
    }

    private void finish(ServerConnection from, Packet packet, String missing) {
        Job job = jobOf(from, packet, missing);
        Packet result = response(packet);
        Packet failure = packet.type() == PacketType.WORK_EXCEPTION ? failure(packet.argument(0)) : result;
        job.clients().forEach((client, times) -> {
            for (int i = 0; i < times; i++) {
                client.send(client.wantsExceptions() ? result : failure);
            }
        });
        queue.finish(job);
    }

    /** Who did not ask for exceptions gets a failure whose handle keeps the NUL that it had in the exception. */
    private static Packet failure(byte[] handle) {
        return new Packet(Magic.RESPONSE, PacketType.WORK_FAIL, NOTHING, Arrays.copyOf(handle, handle.length + 1));
    }

    private void fail(ServerConnection from, Packet packet) {
        if (CText.upToNul(packet.argument(0)).length() > MAX_ASKED_SIZE) {
            throw new RefusedException(
                    "ARGUMENT_TOO_LARGE",
                    "Error occurred due to GEARMAND_JOB_HANDLE_SIZE being too small from snprintf");
        }
        finish(from, packet, "Job given in work result not found");
    }

    private void progress(ServerConnection from, Packet packet) {
        Job job = jobOf(from, packet, "Job given in work result not found");
        String denominator = CText.upToNul(packet.argument(2));
        if (denominator.length() >= TOO_MANY_DENOMINATOR_DIGITS) {
            throw new ProtocolException("a denominator of " + denominator.length() + " digits");
        }
        job.numerator = CText.unsigned32(CText.upToNul(packet.argument(1)));
        job.denominator =
                CText.unsigned32(denominator.substring(0, Math.min(DENOMINATOR_DIGITS, denominator.length())));
        queue.tell(job, response(packet));
    }

    private static Packet response(Packet work) {
        byte[][] arguments = new byte[work.type().argumentCount()][];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = work.argument(i);
        }
        return new Packet(Magic.RESPONSE, work.type(), work.payload(), arguments);
    }

    private Job jobOf(ServerConnection worker, Packet packet, String missing) {
        Job job = queue.table().job(CText.upToNul(packet.argument(0)));
        if (job == null || job.worker == null || job.worker.connection != worker) {
            throw new RefusedException("JOB_NOT_FOUND", missing);
        }
        return job;
    }

    private static String asked(Packet packet) {
        String asked = CText.upToNul(packet.argument(0));
        if (asked.length() > MAX_ASKED_SIZE) {
            throw new ProtocolException(packet.type() + " asks about more than " + MAX_ASKED_SIZE + " bytes");
        }
        return asked;
    }

    private Packet status(String handle) {
        Job job = queue.table().job(handle);
        return new Packet(
                Magic.RESPONSE,
                PacketType.STATUS_RES,
                NOTHING,
                latin1(handle),
                number(job != null),
                number(job != null && job.worker != null),
                number(job == null ? 0 : job.numerator),
                number(job == null ? 0 : job.denominator));
    }

    /** As gearmand, the answer about a unique key starts with that key and not with a handle. */
    private Packet statusOfKey(String key) {
        Job job = queue.table().newestWithKey(key);
        return new Packet(
                Magic.RESPONSE,
                PacketType.STATUS_RES_UNIQUE,
                NOTHING,
                latin1(key),
                number(job != null),
                number(job != null && job.worker != null),
                number(job == null ? 0 : job.numerator),
                number(job == null ? 0 : job.denominator),
                number(job == null ? 0 : job.waitingClients()));
    }

    private static void identify(ServerConnection from, byte[] id) {
        String text = CText.upToNul(id);
        from.identify(text.substring(0, Math.min(MAX_CLIENT_ID_SIZE, text.length())));
    }

    private static void option(ServerConnection from, Packet packet) {
        if (!CText.upToNul(packet.argument(0)).equalsIgnoreCase("exceptions")) {
            throw new RefusedException("UNKNOWN_OPTION", "Server does not recognize given option");
        }
        from.wantExceptions();
        from.send(new Packet(Magic.RESPONSE, PacketType.OPTION_RES, NOTHING, packet.argument(0)));
    }

    private static byte[] number(boolean value) {
        return number(value ? 1 : 0);
    }

    private static byte[] number(long value) {
        return latin1(Long.toString(value));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
