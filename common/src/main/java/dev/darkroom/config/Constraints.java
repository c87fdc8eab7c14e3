package dev.darkroom.config;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Jakarta constraints that configuration records use: Min, Max, NotEmpty, Pattern (each entry of a list too), and
 * AssertTrue on a method for what concerns several values. Their messages say what to write.
 */
final class Constraints {

    private Constraints() {}

    static void check(Record record, String path, List<String> problems) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = call(component.getAccessor(), record);
            if (value != null) {
                String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
                check(component, value, name, problems);
            }
        }
        for (Method method : record.getClass().getMethods()) {
            AssertTrue assertion = method.getAnnotation(AssertTrue.class);
            if (assertion != null && Boolean.FALSE.equals(call(method, record))) {
                problems.add((path.isEmpty() ? "the file" : path) + " " + assertion.message());
            }
        }
    }

    private static void check(RecordComponent component, Object value, String name, List<String> problems) {
        Min min = component.getAccessor().getAnnotation(Min.class);
        Max max = component.getAccessor().getAnnotation(Max.class);
        boolean fits = !(value instanceof Number number)
                || ((min == null || number.longValue() >= min.value())
                        && (max == null || number.longValue() <= max.value()));
        if (!fits || isForbiddenlyEmpty(component, value) || !matches(component, value)) {
            problems.add(name + " is '" + value + "'; " + demandOf(component));
        }
    }

    private static boolean isForbiddenlyEmpty(RecordComponent component, Object value) {
        boolean empty = value instanceof Collection<?> list
                ? list.isEmpty()
                : value.toString().isEmpty();
        return empty && component.getAccessor().isAnnotationPresent(NotEmpty.class);
    }

    private static boolean matches(RecordComponent component, Object value) {
        Pattern pattern = component.getAccessor().getAnnotation(Pattern.class);
        if (pattern == null) {
            return true;
        }
        Collection<?> values = value instanceof Collection<?> list ? list : List.of(value);
        return values.stream().allMatch(each -> each.toString().matches(pattern.regexp()));
    }

    /** What a component must be, in words for the person who writes the file. */
    static String demandOf(RecordComponent component) {
        Method accessor = component.getAccessor();
        Pattern pattern = accessor.getAnnotation(Pattern.class);
        if (pattern != null) {
            return pattern.message();
        }
        Min min = accessor.getAnnotation(Min.class);
        Max max = accessor.getAnnotation(Max.class);
        if (min != null || max != null) {
            return "it must be a number"
                    + (min == null ? "" : " from " + min.value())
                    + (max == null ? "" : " up to " + max.value());
        }
        NotEmpty notEmpty = accessor.getAnnotation(NotEmpty.class);
        return notEmpty == null ? "it must be set" : notEmpty.message();
    }

    private static @Nullable Object call(Method method, Record record) {
        try {
            return method.invoke(record);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(record.getClass() + " is no configuration record: it must be public", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(method + " failed", e.getCause());
        }
    }
}
