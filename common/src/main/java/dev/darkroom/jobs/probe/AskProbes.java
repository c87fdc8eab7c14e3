package dev.darkroom.jobs.probe;

import dev.darkroom.jobs.Priority;
import dev.darkroom.jobs.dispatch.RelayDuty;
import dev.darkroom.jobs.ledger.Mark;
import dev.darkroom.jobs.ledger.ProbeLane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;

/**
 * Enqueues the probes of some job types: of each the next, some time after the last one was asked for, once that has been
 * answered. Until then it stays the only one, however long nobody works; if its row is gone without an answer the next is
 * asked for. What is written of a probe and its row are one statement, whose lock on the type's row lets one of two relays
 * that think they lead ask. A paused type is not probed.
 */
public final class AskProbes implements RelayDuty {

    /** How long from asking for one probe to asking for the next. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Of a row of {@code jobs.probe}: whether it is time for the next. */
    private static final String DUE = """
            %1$s.asked_at <= clock_timestamp() - ? * interval '1 millisecond'
              AND (%1$s.job_id IS NULL
                   OR NOT EXISTS (SELECT FROM jobs.job WHERE id = %1$s.job_id)
                      AND NOT EXISTS (SELECT FROM jobs.later_job WHERE id = %1$s.job_id))""";

    private static final String ASK = """
            WITH asked AS (
              INSERT INTO jobs.probe AS p (type, job_id, asked_at)
              SELECT t.type, nextval('jobs.job_id'), clock_timestamp()
              FROM unnest(?::text[]) AS t(type)
                   LEFT JOIN jobs.probe q ON q.type = t.type LEFT JOIN jobs.type_state s ON s.type = t.type
              WHERE s.paused IS NOT TRUE AND (q.type IS NULL OR %s)
              ORDER BY t.type
              ON CONFLICT (type) DO UPDATE SET job_id = excluded.job_id, asked_at = excluded.asked_at
              WHERE %s
              RETURNING p.job_id, p.type
            )
            INSERT INTO jobs.job (id, type, lane, priority, marks, args)
            SELECT job_id, type, ?, ?, ?, '' FROM asked""".formatted(DUE.formatted("q"), DUE.formatted("p"));

    private static final String FORGET = """
            WITH gone AS (
              DELETE FROM jobs.probe WHERE type <> ALL (?) RETURNING job_id
            )
            DELETE FROM jobs.job USING gone WHERE id = gone.job_id""";

    private final String[] types;
    private final Duration every;

    /** @param types all that are probed; those of others are forgotten */
    public AskProbes(Collection<String> types) {
        this(types, EVERY);
    }

    /** @param every how long from asking for one probe to asking for the next of its type */
    public AskProbes(Collection<String> types, Duration every) {
        this.types = types.toArray(String[]::new);
        this.every = every;
    }

    @Override
    public String name() {
        return "Asking for probes";
    }

    @Override
    public Duration interval() {
        return LOOK;
    }

    @Override
    public void run(Connection connection) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(ASK);
                PreparedStatement forget = connection.prepareStatement(FORGET)) {
            ask.setArray(1, connection.createArrayOf("text", types));
            ask.setLong(2, every.toMillis());
            ask.setLong(3, every.toMillis());
            ask.setString(4, ProbeLane.NAME);
            ask.setShort(5, Priority.NORMAL.code());
            ask.setShort(6, (short) Mark.PROBE.bit());
            ask.executeUpdate();
            forget.setArray(1, connection.createArrayOf("text", types));
            forget.executeUpdate();
        }
    }
}
