package dev.darkroom.gearman.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.gearman.JobHandle;
import dev.darkroom.gearman.connection.ServerLink;
import dev.darkroom.gearman.protocol.Magic;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Makes the requests of a client: their packets, and how their answers are read. Immutable. */
final class RequestFactory {

    /** gearmand closes the connection of who asks for a longer one. */
    private static final int MAX_HANDLE_SIZE = 63;

    private static final byte[] NOTHING = {};

    private final ClientSettings settings;

    RequestFactory(ClientSettings settings) {
        this.settings = settings;
    }

    FutureRequest<JobHandle> background(Submission submission) {
        return created(submission, backgroundPacket(submission));
    }

    /** One of those that are submitted together. */
    Request background(Submission submission, SubmissionListener listener, int index) {
        return new BatchedSubmission(
                backgroundPacket(submission), submission.uniqueKey(), settings.deadline(), listener, index);
    }

    private static Packet backgroundPacket(Submission submission) {
        return Packet.request(
                PacketType.background(submission.priority()),
                submission.payload(),
                submission.function(),
                submission.uniqueKey());
    }

    FutureRequest<JobHandle> later(Submission submission, Instant due) {
        long seconds = Math.max(0, due.getEpochSecond() + (due.getNano() > 0 ? 1 : 0));
        return created(
                submission,
                Packet.request(
                        PacketType.SUBMIT_JOB_EPOCH,
                        submission.payload(),
                        submission.function(),
                        submission.uniqueKey(),
                        Long.toString(seconds)));
    }

    FutureRequest<JobHandle> foreground(Submission submission, ForegroundJob job) {
        return new FutureRequest<>(
                Packet.request(
                        PacketType.foreground(submission.priority()),
                        submission.payload(),
                        submission.function(),
                        submission.uniqueKey()),
                submission.uniqueKey(),
                PacketType.JOB_CREATED,
                (connection, answer) -> {
                    JobHandle handle = new JobHandle(connection.server(), answer.handle());
                    // Before anything else is read: the result may lie right behind.
                    connection.awaited().add(handle, job);
                    return handle;
                },
                settings.deadline(),
                job.handle());
    }

    FutureRequest<JobStatus> status(JobHandle handle, ServerLink link) {
        byte[] value = handle.value().getBytes(ISO_8859_1);
        if (value.length > MAX_HANDLE_SIZE || handle.value().indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A handle has at most " + MAX_HANDLE_SIZE
                    + " bytes and no NUL, and gearmand closes the connection at more: '" + handle.value() + "'");
        }
        return FutureRequest.direct(
                new Packet(Magic.REQUEST, PacketType.GET_STATUS, NOTHING, value),
                link,
                PacketType.STATUS_RES,
                (connection, packet) -> JobStatus.read(packet),
                settings.deadline());
    }

    FutureRequest<UniqueStatus> statusOfUnique(String uniqueKey, ServerLink link) {
        return FutureRequest.direct(
                Packet.request(PacketType.GET_STATUS_UNIQUE, uniqueKey),
                link,
                PacketType.STATUS_RES_UNIQUE,
                (connection, packet) -> UniqueStatus.read(packet),
                settings.deadline());
    }

    FutureRequest<byte[]> echo(byte[] bytes, ServerLink link) {
        return FutureRequest.direct(
                Packet.request(PacketType.ECHO_REQ, bytes),
                link,
                PacketType.ECHO_RES,
                (connection, packet) -> packet.payload(),
                settings.deadline());
    }

    private FutureRequest<JobHandle> created(Submission submission, Packet packet) {
        return new FutureRequest<>(
                packet,
                submission.uniqueKey(),
                PacketType.JOB_CREATED,
                (connection, answer) -> new JobHandle(connection.server(), answer.handle()),
                settings.deadline(),
                new CompletableFuture<>());
    }
}
