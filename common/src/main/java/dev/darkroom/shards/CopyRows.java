package dev.darkroom.shards;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows gathered for one table and written by one COPY, the fastest way into PostgreSQL: for loading many thousands. Used by
 * one thread.
 */
public final class CopyRows {

    private final String target;
    private final StringBuilder rows = new StringBuilder();
    private int size;

    /** @param target schema, table and columns, such as {@code shard_0001.follow (follower, followee)} */
    public CopyRows(String target) {
        this.target = target;
    }

    /** Adds a row; its values are numbers, booleans, text or null, in the order of the columns. */
    public void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            append(values[i]);
        }
        rows.append('\n');
        size++;
    }

    private void append(@Nullable Object value) {
        if (value == null) {
            rows.append("\\N");
        } else if (value instanceof String text) {
            text.chars().forEach(this::appendEscaped);
        } else {
            rows.append(value);
        }
    }

    /** The text format of COPY: a backslash before what would end a column or a row. */
    private void appendEscaped(int character) {
        switch (character) {
            case '\\' -> rows.append("\\\\");
            case '\t' -> rows.append("\\t");
            case '\n' -> rows.append("\\n");
            case '\r' -> rows.append("\\r");
            default -> rows.append((char) character);
        }
    }

    /** How many rows wait to be written. */
    public int size() {
        return size;
    }

    /**
     * Writes the rows and begins anew. One round trip.
     *
     * @throws DatabaseException if PostgreSQL refuses; then it has taken none of them
     */
    public void writeTo(Handle handle) {
        try {
            handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + target + " FROM STDIN", new StringReader(rows.toString()));
        } catch (SQLException | IOException e) {
            throw new DatabaseException(size + " rows could not be copied into " + target + ": " + e.getMessage(), e);
        }
        rows.setLength(0);
        size = 0;
    }
}
