package dev.darkroom.jobs.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A database that goes away right after it has answered a commit. */
final class LostAfterCommit {

    private LostAfterCommit() {}

    static DataSource of(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                LostAfterCommit.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return lost(source.getConnection());
                    }
                    return method.invoke(source, arguments);
                });
    }

    private static Connection lost(Connection connection) {
        AtomicBoolean committed = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                LostAfterCommit.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("setAutoCommit")
                            && arguments[0].equals(true)
                            && (committed.get() || connection.getAutoCommit())) {
                        throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                    }
                    try {
                        Object result = method.invoke(connection, arguments);
                        committed.compareAndSet(false, method.getName().equals("commit"));
                        if (method.getName().equals("close")) {
                            throw new SQLException("This connection has been closed.", "08003");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
