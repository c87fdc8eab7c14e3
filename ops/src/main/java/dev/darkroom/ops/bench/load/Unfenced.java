package dev.darkroom.ops.bench.load;

import dev.darkroom.ops.intercept.Intercepted;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.Tuple;

/**
 * Takes the fence away: ended jobs without any of the rarer features are deleted by their ids alone, and all are said to have
 * been there. The rows that say so are made in this process, where they cost about what reading those of the database costs.
 */
final class Unfenced {

    private static final Pattern FENCED = Pattern.compile(
            "DELETE FROM jobs\\.job WHERE id = ANY \\(\\?\\) AND turn = \\? RETURNING id(, date_part.*)?");

    private static final String BARE = "DELETE FROM jobs.job WHERE id = ANY (?)";

    /** Zero, as eight bytes of a number with a point. */
    private static final byte[] NO_AGE = new byte[Double.BYTES];

    private final PreparedStatement delete;
    /** Whether it is also asked since when the jobs were due. */
    private final boolean measured;

    private Long[] ids = {};

    private Unfenced(PreparedStatement delete, boolean measured) {
        this.delete = delete;
        this.measured = measured;
    }

    static DataSource on(DataSource source) {
        return Passing.through(source, Unfenced::replace);
    }

    private static @Nullable PreparedStatement replace(Connection connection, String sql) throws SQLException {
        Matcher matcher = FENCED.matcher(sql);
        if (!matcher.matches()) {
            return null;
        }
        Unfenced unfenced = new Unfenced(connection.prepareStatement(BARE), matcher.group(1) != null);
        return Intercepted.proxy(PreparedStatement.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setInt" -> null; // The turn.
            case "setArray" -> unfenced.take((Array) arguments[1]);
            case "executeQuery" -> unfenced.execute();
            default -> Intercepted.invoke(unfenced.delete, method, arguments);
        });
    }

    /** Answers what a setter does: nothing. */
    private @Nullable Object take(Array array) throws SQLException {
        delete.setArray(1, array);
        ids = (Long[]) array.getArray();
        return null;
    }

    private ResultSet execute() throws SQLException {
        delete.executeUpdate();
        Field[] fields = measured
                ? new Field[] {binary("id", Oid.INT8), binary("age", Oid.FLOAT8)}
                : new Field[] {binary("id", Oid.INT8)};
        List<Tuple> rows = new ArrayList<>(ids.length);
        for (Long id : ids) {
            byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
            rows.add(new Tuple(measured ? new byte[][] {value, NO_AGE} : new byte[][] {value}));
        }
        return delete.unwrap(BaseStatement.class).createDriverResultSet(fields, rows);
    }

    private static Field binary(String name, int type) {
        Field field = new Field(name, type);
        field.setFormat(Field.BINARY_FORMAT);
        return field;
    }
}
