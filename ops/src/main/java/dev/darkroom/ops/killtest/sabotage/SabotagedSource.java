package dev.darkroom.ops.killtest.sabotage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Data sources whose connections do something else than they are asked. Thread-safe. */
final class SabotagedSource {

    /** Done on a connection whose transaction is about to be committed. */
    interface BeforeCommit {
        void run(Connection connection) throws SQLException;
    }

    private SabotagedSource() {}

    /** Replaces what matches in statements before they are prepared. */
    static DataSource replacing(DataSource source, Pattern part, String replacement) {
        return wrapped(source, real -> (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                arguments[0] = part.matcher(sql).replaceAll(replacement.replace("$", "\\$"));
            }
            return invoke(real, method, arguments);
        });
    }

    static DataSource beforeCommit(DataSource source, BeforeCommit action) {
        return wrapped(source, real -> (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                action.run(real);
            }
            return invoke(real, method, arguments);
        });
    }

    private interface Behaviour {
        InvocationHandler of(Connection real);
    }

    private static DataSource wrapped(DataSource source, Behaviour behaviour) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(source, method, arguments);
            return result instanceof Connection connection ? proxy(Connection.class, behaviour.of(connection)) : result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
