package dev.darkroom.jobs.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows of one table in PostgreSQL's binary COPY format, gathered in memory and written at once. Used by one thread. */
final class CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final String COLUMNS =
            "run_at, type, args, priority, lane, marks, flow_id, unique_key, expires_at, trace";
    private static final int COLUMN_COUNT = 10;
    private static final int NULL = -1;

    /** The zero of PostgreSQL's timestamps. */
    private static final Instant ZERO = Instant.parse("2000-01-01T00:00:00Z");

    private final String table;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private int rows;

    CopyRows(String table) {
        this.table = table;
    }

    int bytes() {
        return bytes.size();
    }

    /** @param now the database's clock, from which delays count */
    void add(JobRow row, Instant now) {
        JobExtras extras = row.extras();
        try {
            if (rows++ == 0) {
                out.write(SIGNATURE);
                out.writeLong(0);
            }
            out.writeShort(COLUMN_COUNT);
            time(row.runAt(now));
            text(row.type().name());
            field(row.arguments());
            small(row.priority().code());
            text(row.lane());
            small(extras.marks().bits());
            number(extras.flowId());
            text(extras.uniqueKey());
            time(extras.expiresAfter() == null ? null : row.runAt(now).plus(extras.expiresAfter()));
            text(extras.trace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what was gathered, if anything. */
    void copy(Connection connection) throws SQLException {
        if (rows == 0) {
            return;
        }
        try {
            out.writeShort(-1);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY jobs." + table + " (" + COLUMNS + ") FROM STDIN (FORMAT binary)",
                            new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new SQLException("The jobs could not be sent to the database", "08006", e);
        }
    }

    void clear() {
        bytes.reset();
        rows = 0;
    }

    private void field(byte @Nullable [] value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            out.writeInt(value.length);
            out.write(value);
        }
    }

    private void text(@Nullable String value) throws IOException {
        field(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private void small(int value) throws IOException {
        out.writeInt(Short.BYTES);
        out.writeShort(value);
    }

    private void number(@Nullable Long value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            out.writeInt(Long.BYTES);
            out.writeLong(value);
        }
    }

    private void time(@Nullable Instant value) throws IOException {
        number(value == null ? null : micros(Duration.between(ZERO, value)));
    }

    private static long micros(Duration since) {
        return TimeUnit.SECONDS.toMicros(since.getSeconds()) + since.getNano() / 1_000;
    }
}
