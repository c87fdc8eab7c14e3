package dev.darkroom.jobs.failures;

import dev.darkroom.jobs.ledger.LedgerRows;

/** Makes failed jobs of {@code test.step}, as many as a test wants, without running them. */
public final class Failures {

    private final LedgerRows rows;

    public Failures(LedgerRows rows) {
        this.rows = rows;
    }

    /** The fingerprint of a cause. */
    public static String cause(int number) {
        return "%016x".formatted(number);
    }

    /**
     * Adds failures spread evenly over causes 0, 1 … and over lanes; number n of a step is n, one failing each millisecond,
     * the last a second ago.
     */
    public void add(int count, int causes, int lanes) {
        rows.run("""
                INSERT INTO jobs.failed_job (type, args, lane, turn, attempt, error_class, message, stack, fingerprint,
                                             worker, failed_at)
                SELECT 'test.step', convert_to('{"owner":"lane-' || n %% %3$d || '","number":' || n || '}', 'UTF8'),
                       'lane-' || n %% %3$d, 3, 3, 'java.net.ConnectException', 'no answer from host ' || n %% 97 || ' for ' || n,
                       'java.net.ConnectException: no answer' || chr(10) || repeat('  at some.Frame.of(Some.java:12)' || chr(10), 20),
                       lpad(to_hex(n %% %2$d), 16, '0'), 'w@here:1',
                       date_trunc('milliseconds', clock_timestamp()) - (%1$d - n + 1000) * interval '1 millisecond'
                FROM generate_series(0, %1$d - 1) AS n""".formatted(count, causes, lanes));
    }
}
