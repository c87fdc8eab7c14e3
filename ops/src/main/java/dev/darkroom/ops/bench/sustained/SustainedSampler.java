package dev.darkroom.ops.bench.sustained;

import dev.darkroom.jobs.watch.LastMinute;
import dev.darkroom.jobs.watch.times.Times;
import dev.darkroom.ops.bench.drain.BenchLedger;
import dev.darkroom.ops.bench.drain.LoadParts;
import dev.darkroom.ops.bench.measure.Pss;
import dev.darkroom.ops.bench.servers.BenchServers;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a running benchmark now and then. Used by one thread. */
final class SustainedSampler {

    private static final String TABLE = """
            SELECT n_live_tup, n_dead_tup, pg_relation_size(relid), pg_indexes_size(relid)
            FROM pg_stat_user_tables WHERE relid = 'jobs.job'::regclass""";

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
                table(),
                (before.walBytes() - last.walBytes()) / seconds,
                new Sample.Memory(
                        Pss.of(parts.relayPid()), Pss.of(servers.jobServerPid()), Pss.of(parts.workerPids())));
    }

    private Sample.Table table() throws SQLException {
        try (Statement select = ledger.connection().createStatement();
                ResultSet row = select.executeQuery(TABLE)) {
            row.next();
            return new Sample.Table(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
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
