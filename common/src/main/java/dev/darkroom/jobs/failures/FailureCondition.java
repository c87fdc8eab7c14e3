package dev.darkroom.jobs.failures;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a condition on the columns of {@code jobs.failed_job}, in two parts: one that an index orders by time, and
 * what must be looked at row by row. Immutable.
 */
public final class FailureCondition {

    private final List<String> ordered = new ArrayList<>();
    private final List<Object> orderedValues = new ArrayList<>();
    private final List<String> further = new ArrayList<>();
    private final List<Object> furtherValues = new ArrayList<>();
    private final boolean text;

    private FailureCondition(boolean text) {
        this.text = text;
    }

    public static FailureCondition of(FailureFilter filter) {
        FailureCondition condition = new FailureCondition(filter.text() != null);
        boolean led = condition.column("id = ?", filter.job(), false);
        led |= condition.column("lane = ?", filter.lane(), led);
        led |= condition.column("fingerprint = ?", filter.group(), led);
        condition.column("type = ?", filter.type(), led);
        condition.time("failed_at >= ?", filter.period().from());
        condition.time("failed_at < ?", filter.period().until());
        if (filter.text() != null) {
            condition.further.add("(error_class || ': ' || message) ILIKE ?");
            condition.furtherValues.add("%" + escaped(filter.text()) + "%");
        }
        if (!filter.attempts().equals(AttemptRange.ANY)) {
            condition.further.add("attempt BETWEEN ? AND ?");
            condition.furtherValues.add(filter.attempts().least());
            condition.furtherValues.add(filter.attempts().most());
        }
        return condition;
    }

    private boolean column(String sql, @Nullable Object value, boolean led) {
        if (value != null) {
            (led ? further : ordered).add(sql);
            (led ? furtherValues : orderedValues).add(value);
        }
        return value != null;
    }

    private void time(String sql, @Nullable Instant value) {
        if (value != null) {
            ordered.add(sql);
            orderedValues.add(OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** Whether rows have to be looked at one by one. */
    boolean hasFurther() {
        return !further.isEmpty();
    }

    boolean hasText() {
        return text;
    }

    String ordered() {
        return joined(ordered);
    }

    String further() {
        return joined(further);
    }

    /** Both parts; bind with {@link #bind}. */
    public String sql() {
        return ordered() + " AND " + further();
    }

    private static String joined(List<String> parts) {
        return parts.isEmpty() ? "true" : String.join(" AND ", parts);
    }

    /**
     * Sets the values of {@link #sql}.
     *
     * @return the index behind them
     */
    public int bind(PreparedStatement statement, int first) throws SQLException {
        return bindFurther(statement, bindOrdered(statement, first));
    }

    int bindOrdered(PreparedStatement statement, int first) throws SQLException {
        return bind(statement, first, orderedValues);
    }

    int bindFurther(PreparedStatement statement, int first) throws SQLException {
        return bind(statement, first, furtherValues);
    }

    private static int bind(PreparedStatement statement, int first, List<Object> values) throws SQLException {
        int index = first;
        for (Object value : values) {
            statement.setObject(index++, value);
        }
        return index;
    }
}
