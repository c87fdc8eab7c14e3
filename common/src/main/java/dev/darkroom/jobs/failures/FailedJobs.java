package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.JobException;
import dev.darkroom.jobs.JobId;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.jobs.ledger.SessionBounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads failed jobs from all ledgers. Thread-safe. */
public final class FailedJobs {

    /** The largest page. */
    public static final int MOST = 1_000;

    private static final int FETCHED_AT_ONCE = 500;

    private static final String ONE = "SELECT %s FROM jobs.failed_job WHERE id = ?".formatted(FailureDetail.COLUMNS);

    private static final String EACH = """
            SELECT %s FROM jobs.failed_job WHERE %s ORDER BY failed_at, id""";

    private final List<Ledger> ledgers;

    /** @param ledgers one for each physical database */
    public FailedJobs(Collection<Ledger> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /**
     * One page, newest first. However selective the filter, a page looks at a bounded number of failures: where it found
     * fewer than asked for it says where to go on.
     *
     * @param after where the page before ended; null for the first
     * @throws JobException if a database cannot be asked
     */
    public FailurePage page(FailureFilter filter, @Nullable FailurePosition after, int size) {
        if (size < 1 || size > MOST) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " jobs, not " + size);
        }
        FailureCondition condition = FailureCondition.of(filter);
        List<FailedJob> found = new ArrayList<>();
        @Nullable FailurePosition seenTo = null;
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection()) {
                PageOfFailures page = PageOfFailures.read(connection, condition, after, size);
                found.addAll(page.jobs());
                seenTo = later(seenTo, page.seenTo());
            } catch (SQLException e) {
                throw unreadable(ledger, e);
            }
        }
        return merged(found, seenTo, size);
    }

    /** What one database has not looked at yet, no page may pass by. */
    private static FailurePage merged(List<FailedJob> found, @Nullable FailurePosition seenTo, int size) {
        List<FailedJob> jobs = found.stream()
                .filter(job -> seenTo == null || job.position().compareTo(seenTo) >= 0)
                .sorted(Comparator.comparing(FailedJob::position).reversed())
                .limit(size)
                .toList();
        boolean full = jobs.size() == size && found.size() > size;
        return new FailurePage(jobs, full ? jobs.get(size - 1).position() : seenTo);
    }

    private static @Nullable FailurePosition later(@Nullable FailurePosition one, @Nullable FailurePosition other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** @throws JobException if the database cannot be asked, or no ledger has the number in the id */
    public Optional<FailureDetail> find(JobId id) {
        Ledger ledger = ledgers.stream()
                .filter(one -> one.database() == id.database())
                .findFirst()
                .orElseThrow(() -> new JobException("Job " + id + " would be in database " + id.database()
                        + ", which there is none of: is the number right?"));
        try (Connection connection = ledger.source().getConnection();
                PreparedStatement select = connection.prepareStatement(ONE)) {
            select.setLong(1, id.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(FailureDetail.read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw unreadable(ledger, e);
        }
    }

    /**
     * Hands each matching job to the consumer, oldest first, one database after the other, as one consistent picture of
     * each. Memory does not grow with their number.
     *
     * @return how many there were
     */
    public long forEach(FailureFilter filter, Consumer<FailureDetail> consumer) {
        FailureCondition condition = FailureCondition.of(filter);
        long count = 0;
        for (Ledger ledger : ledgers) {
            try (Connection connection = ledger.source().getConnection()) {
                count += stream(connection, condition, consumer);
            } catch (SQLException e) {
                throw unreadable(ledger, e);
            }
        }
        return count;
    }

    private static long stream(Connection connection, FailureCondition condition, Consumer<FailureDetail> consumer)
            throws SQLException {
        // Without a transaction the driver reads all rows into memory.
        connection.setAutoCommit(false);
        try (Statement patience = connection.createStatement();
                PreparedStatement select =
                        connection.prepareStatement(EACH.formatted(FailureDetail.COLUMNS, condition.sql()))) {
            patience.execute(SessionBounds.PATIENT_TRANSACTION);
            select.setFetchSize(FETCHED_AT_ONCE);
            condition.bind(select, 1);
            long count = 0;
            try (ResultSet rows = select.executeQuery()) {
                for (; rows.next(); count++) {
                    consumer.accept(FailureDetail.read(rows));
                }
            }
            return count;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    static JobException unreadable(Ledger ledger, SQLException e) {
        return new JobException(
                "The failed jobs of database " + ledger.database() + " cannot be read: " + e.getMessage(), e);
    }
}
