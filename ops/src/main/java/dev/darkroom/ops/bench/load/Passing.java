package dev.darkroom.ops.bench.load;

import dev.darkroom.ops.intercept.Intercepted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Data sources some of whose statements are replaced by others when they are to be prepared. */
final class Passing {

    /** What stands in for some statements. */
    interface Replacement {

        /** Null to leave a statement as it is. */
        @Nullable
        PreparedStatement of(Connection connection, String sql) throws SQLException;
    }

    private Passing() {}

    static DataSource through(DataSource source, Replacement replacement) {
        return Intercepted.connections(source, real -> (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                PreparedStatement other = replacement.of(real, sql);
                if (other != null) {
                    return other;
                }
            }
            return Intercepted.invoke(real, method, arguments);
        });
    }
}
