package dev.darkroom.ops.bench.load;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(source, method, arguments);
            return result instanceof Connection connection ? connection(connection, replacement) : result;
        });
    }

    private static Connection connection(Connection real, Replacement replacement) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                PreparedStatement other = replacement.of(real, sql);
                if (other != null) {
                    return other;
                }
            }
            return invoke(real, method, arguments);
        });
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
