package dev.darkroom.jobs.ledger;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database whose answers to commits never arrive, whether they take place or not. */
public final class CutOffAtCommit {

    private CutOffAtCommit() {}

    static DataSource of(DataSource source) {
        return of(source, Integer.MAX_VALUE, true);
    }

    /**
     * Loses the first answers; later ones arrive.
     *
     * @param times so many
     * @param takesPlace whether the commits that are not answered take place
     */
    public static DataSource of(DataSource source, int times, boolean takesPlace) {
        AtomicInteger left = new AtomicInteger(times);
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(source, method, arguments);
            return result instanceof Connection connection ? cutOff(connection, left, takesPlace) : result;
        });
    }

    private static Connection cutOff(Connection connection, AtomicInteger left, boolean takesPlace) {
        return proxy(Connection.class, (same, call, given) -> {
            if (call.getName().equals("commit") && left.getAndDecrement() > 0) {
                if (takesPlace) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                throw broken();
            }
            Object result = invoke(connection, call, given);
            return takesPlace && result instanceof PreparedStatement statement && connection.getAutoCommit()
                    ? cutOff(statement, left)
                    : result;
        });
    }

    /** Of a statement that commits itself. */
    private static PreparedStatement cutOff(PreparedStatement statement, AtomicInteger left) {
        return proxy(PreparedStatement.class, (same, call, given) -> {
            Object result = invoke(statement, call, given);
            if (call.getName().startsWith("execute") && left.getAndDecrement() > 0) {
                throw broken();
            }
            return result;
        });
    }

    private static SQLException broken() {
        return new SQLException("An I/O error occurred while sending to the backend.", "08006");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
