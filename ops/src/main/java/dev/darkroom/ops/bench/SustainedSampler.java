package dev.darkroom.ops.bench;

import dev.darkroom.jobs.watch.LastMinute;
import dev.darkroom.jobs.watch.times.Times;
import dev.darkroom.ops.bench.sustained.Sample;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a running benchmark now and then. Used by one thread. */
final class SustainedSampler {

    private final BenchServers servers;
    private final LoadParts parts;
    private final BenchLedger ledger;
    private final long start = System.nanoTime();
    private Before before;

    /** What the next sample counts from. */
    private record Before(long nanos, long enqueued, long done, long walBytes) {}

    SustainedSampler(BenchServers servers, LoadParts parts, BenchLedger ledger) throws SQLException {
        this.servers = servers;
        this.parts = parts;
        this.ledger = ledger;
        this.before = now();
    }

    private Before now() throws SQLException {
        long walBytes = ledger.walBytes();
        long enqueued = parts.enqueued();
        return new Before(System.nanoTime(), enqueued, parts.done(), walBytes);
    }

    Sample take() throws SQLException, IOException {
        Before last = before;
        before = now();
        double seconds = (before.nanos() - last.nanos()) / 1e9;
        return new Sample(
                (before.nanos() - start) / 1e9,
                new Sample.Throughput(
                        (before.done() - last.done()) / seconds,
                        (before.enqueued() - last.enqueued()) / seconds,
                        Math.max(0, before.enqueued() - before.done())),
                waits(),
                ledger.table(),
                (before.walBytes() - last.walBytes()) / seconds,
                new Sample.Memory(
                        Pss.of(parts.relayPid()), Pss.of(servers.jobServerPid()), Pss.of(parts.workerPids())));
    }

    private Sample.Waits waits() throws SQLException {
        Optional<Times> waits = LastMinute.read(ledger.connection()).values().stream()
                .reduce(LastMinute::plus)
                .map(LastMinute::waits);
        return waits.map(times -> new Sample.Waits(millis(times.secondsAt(0.5)), millis(times.secondsAt(0.99))))
                .orElse(Sample.Waits.NONE);
    }

    private static @Nullable Double millis(@Nullable Double seconds) {
        return seconds == null ? null : seconds * 1e3;
    }
}
