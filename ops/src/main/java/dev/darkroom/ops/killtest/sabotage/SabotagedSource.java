package dev.darkroom.ops.killtest.sabotage;

import dev.darkroom.ops.intercept.Intercepted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Data sources whose connections do something else than they are asked. Thread-safe. */
final class SabotagedSource {

    /** Done on a connection whose transaction is about to be committed. */
    interface BeforeCommit {
        void run(Connection connection) throws SQLException;
    }

    private SabotagedSource() {}

    /** Replaces what matches in statements before they are prepared. */
    static DataSource replacing(DataSource source, Pattern part, String replacement) {
        return Intercepted.connections(source, real -> (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                arguments[0] = part.matcher(sql).replaceAll(replacement.replace("$", "\\$"));
            }
            return Intercepted.invoke(real, method, arguments);
        });
    }

    static DataSource beforeCommit(DataSource source, BeforeCommit action) {
        return Intercepted.connections(source, real -> (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                action.run(real);
            }
            return Intercepted.invoke(real, method, arguments);
        });
    }
}
