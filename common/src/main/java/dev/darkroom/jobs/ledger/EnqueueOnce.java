package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.Enqueued;
import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.UniqueKey;
import dev.darkroom.jobs.unique.KeyHolder;
import dev.darkroom.jobs.unique.TakeKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides which of the jobs with unique keys are enqueued: one statement a type where all keys are free. */
final class EnqueueOnce {

    private EnqueueOnce() {}

    /**
     * Takes the keys.
     *
     * @param results where what became of each job is put
     * @return the rows of those whose keys were free, with the ids that hold them
     */
    static List<JobRow> admitted(Connection connection, List<KeyedRow> rows, List<Enqueued> results) {
        List<JobRow> admitted = new ArrayList<>();
        // In the order of their names, as the keys in theirs: lest two transactions wait for each other.
        Map<String, List<KeyedRow>> byType = rows.stream()
                .collect(Collectors.groupingBy(keyed -> keyed.row().type().name(), TreeMap::new, Collectors.toList()));
        try {
            for (List<KeyedRow> ofType : byType.values()) {
                admit(connection, ofType, results, admitted);
            }
        } catch (SQLException e) {
            throw new JobException("The unique keys could not be taken, nothing was enqueued: " + e.getMessage(), e);
        }
        return admitted;
    }

    private static void admit(Connection connection, List<KeyedRow> rows, List<Enqueued> results, List<JobRow> admitted)
            throws SQLException {
        String type = rows.get(0).row().type().name();
        UniqueKey<?> policy = Objects.requireNonNull(rows.get(0).row().type().uniqueKey());
        SortedSet<String> keys = rows.stream().map(KeyedRow::key).collect(Collectors.toCollection(TreeSet::new));
        Map<String, KeyHolder> holders = TakeKeys.take(connection, type, policy, keys);
        Set<String> used = new HashSet<>();
        for (KeyedRow keyed : rows) {
            KeyHolder holder = Objects.requireNonNull(holders.get(keyed.key()));
            if (holder.taken() && used.add(keyed.key())) {
                // Whatever becomes of the job, a key for a period stays: its row need not know it.
                String givenBack = policy.scope() == UniqueKey.Scope.PERIOD ? null : keyed.key();
                JobExtras extras = keyed.row().extras().holding(givenBack, holder.jobId());
                admitted.add(keyed.row().withExtras(extras));
                results.set(keyed.index(), Enqueued.accepted(holder.jobId()));
            } else {
                results.set(keyed.index(), Enqueued.duplicateOf(holder.jobId()));
            }
        }
    }
}
