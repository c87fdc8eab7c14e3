package dev.darkroom.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.RawConnection;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.Backoff;
import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketType;
import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.gearman.worker.GearmanWorker;
import dev.darkroom.gearman.worker.RunningJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/** The library of this project: its worker, and a client of single packets. */
enum Library implements Caller, Doer {
    OURS;

    @Override
    public void require() {
        // It is here.
    }

    @Override
    public AutoCloseable start(ServerAddress server, String prefix) {
        CompletableFuture<GearmanWorker> started = new CompletableFuture<>();
        GearmanWorker worker = GearmanWorker.builder()
                .servers(List.of(server))
                .backoff(new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)))
                .function(prefix + "reverse", job -> reversed(job.payload()))
                .function(prefix + "updates", Library::update)
                .function(prefix + "exception")
                .function(prefix + "fail")
                .executor(ForkJoinPool.commonPool())
                .receiver(job -> end(started.join(), job))
                .build();
        started.complete(worker);
        return worker;
    }

    private static byte[] update(RunningJob job) {
        job.sendProgress(1, 2);
        job.sendData(("part " + new String(job.payload(), UTF_8)).getBytes(UTF_8));
        job.sendWarning("careful".getBytes(UTF_8));
        job.sendProgress(2, 2);
        return "whole".getBytes(UTF_8);
    }

    private static void end(GearmanWorker worker, AssignedJob job) {
        if (job.function().endsWith("exception")) {
            worker.failWithException(job, "broken".getBytes(UTF_8));
        } else {
            worker.fail(job);
        }
    }

    @Override
    public List<String> run(ServerAddress server, String function, byte[] payload, Priority priority) {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(PacketType.OPTION_REQ, "exceptions");
            connection.send(
                    RawConnection.bytes(Packet.request(PacketType.foreground(priority), payload, function, "")));
            List<String> heard = new ArrayList<>();
            Packet packet;
            do {
                packet = connection.read();
                heard.add(line(packet));
            } while (!isEnd(packet.type()));
            return heard.subList(2, heard.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Packet packet) {
        String bytes = HexFormat.of().formatHex(packet.payload());
        return switch (packet.type()) {
            case WORK_COMPLETE -> "complete " + bytes;
            case WORK_DATA -> "data " + bytes;
            case WORK_WARNING -> "warning " + bytes;
            case WORK_EXCEPTION -> "exception " + bytes;
            case WORK_STATUS -> "status " + packet.text(1) + "/" + packet.text(2);
            case WORK_FAIL -> "fail";
            default -> packet.type().name();
        };
    }

    private static boolean isEnd(PacketType type) {
        return type == PacketType.WORK_COMPLETE || type == PacketType.WORK_FAIL || type == PacketType.WORK_EXCEPTION;
    }

    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
