package dev.darkroom.ops.intercept;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Stands in for objects of JDBC. Thread-safe. */
public final class Intercepted {

    private Intercepted() {}

    /** @param behaviour what each connection of the source does in its place */
    public static DataSource connections(DataSource source, Function<Connection, InvocationHandler> behaviour) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(source, method, arguments);
            return result instanceof Connection connection
                    ? proxy(Connection.class, behaviour.apply(connection))
                    : result;
        });
    }

    public static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What the method does on the target, with its exceptions as they are. */
    public static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
