package dev.darkroom.ops.pools;

import dev.darkroom.jobs.watch.lanes.LaneFigures;
import dev.darkroom.jobs.watch.lanes.TypeLanes;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads from the ledgers what is told of single lanes: two statements a database. Thread-safe. */
public final class LaneList {

    /** Those that are waited for longest first, then the busiest; what is told of all others together last. */
    private static final Comparator<LaneRow> ORDER = Comparator.<LaneRow, Boolean>comparing(row -> row.lane() == null)
            .thenComparing(row -> Objects.requireNonNullElse(row.oldestWaitSeconds(), 0.0), Comparator.reverseOrder())
            .thenComparing(row -> Objects.requireNonNullElse(row.throughput(), 0.0), Comparator.reverseOrder())
            .thenComparing(LaneRow::type)
            .thenComparing(row -> Objects.requireNonNullElse(row.lane(), ""));

    private final Shards shards;

    public LaneList(Shards shards) {
        this.shards = shards;
    }

    /** Of all types, sorted. */
    public List<LaneRow> read() throws SQLException {
        return rows(TypeLanes.read(
                shards.databases().stream().map(PhysicalDatabase::source).toList()));
    }

    static List<LaneRow> rows(Map<String, TypeLanes> types) {
        List<LaneRow> rows = new ArrayList<>();
        types.forEach((type, ofType) -> {
            ofType.lanes().forEach((lane, figures) -> rows.add(LaneRow.of(type, lane, figures)));
            if (!ofType.others().isNothing()) {
                rows.add(LaneRow.of(type, null, new LaneFigures(null, ofType.others())));
            }
        });
        rows.sort(ORDER);
        return rows;
    }
}
