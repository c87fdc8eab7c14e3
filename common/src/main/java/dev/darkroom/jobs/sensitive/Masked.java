package dev.darkroom.jobs.sensitive;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows things without what is sensitive in them. */
public final class Masked {

    static final String STARS = "***";

    /** A value that a {@link SensitiveForm} wrote, as it stands in JSON. */
    private static final Pattern VALUE = Pattern.compile("\"" + SensitiveForm.MARK + "(?:[^\"\\\\]|\\\\.)*+\"");

    /** A shorter text would be found in half of all messages. */
    private static final int SHORTEST = 4;

    private Masked() {}

    /** Stored arguments for people: needs neither keys nor classes. */
    public static String arguments(byte[] arguments) {
        return arguments(new String(arguments, StandardCharsets.UTF_8));
    }

    /** The same of arguments that are text already. */
    public static String arguments(String arguments) {
        return VALUE.matcher(arguments).replaceAll("\"" + STARS + "\"");
    }

    /** A text about a job without the sensitive values of that job. */
    public static String text(Object job, String text) {
        String masked = text;
        for (String value : values(job)) {
            masked = masked.replace(value, STARS);
        }
        return masked;
    }

    /** The error, or, if a sensitive value of the job is in its text or that of a cause or of what was suppressed, one without. */
    public static Throwable error(Object job, Throwable error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return tells(error, values(job), seen)
                ? new MaskedException(text(job, String.valueOf(error.getMessage())), error)
                : error;
    }

    /** Whether a printed stack would show one of the values: that of an error, its causes, or what it suppressed. */
    private static boolean tells(@Nullable Throwable error, List<String> values, Set<Throwable> seen) {
        if (error == null || !seen.add(error)) {
            return false;
        }
        String message = String.valueOf(error.getMessage());
        return values.stream().anyMatch(message::contains)
                || tells(error.getCause(), values, seen)
                || Arrays.stream(error.getSuppressed()).anyMatch(suppressed -> tells(suppressed, values, seen));
    }

    private static List<String> values(Object job) {
        List<String> values = new ArrayList<>();
        gather(job, values, Collections.newSetFromMap(new IdentityHashMap<>()));
        return values;
    }

    /** Through whatever Jackson writes as parts of a job: records, lists, maps, arrays, what is optional. */
    private static void gather(@Nullable Object part, List<String> values, Set<Object> seen) {
        if (part instanceof SensitiveText text) {
            if (text.value().length() >= SHORTEST) {
                values.add(text.value());
            }
        } else if (part instanceof Optional<?> optional) {
            optional.ifPresent(value -> gather(value, values, seen));
        } else if (part instanceof Record
                || part instanceof Iterable<?>
                || part instanceof Map<?, ?>
                || part instanceof Object[]) {
            if (seen.add(part)) {
                members(part).forEach(member -> gather(member, values, seen));
            }
        }
    }

    private static List<@Nullable Object> members(Object part) {
        List<@Nullable Object> members = new ArrayList<>();
        if (part instanceof Map<?, ?> map) {
            members.addAll(map.keySet());
            members.addAll(map.values());
        } else if (part instanceof Iterable<?> elements) {
            elements.forEach(members::add);
        } else if (part instanceof Object[] elements) {
            members.addAll(Arrays.asList(elements));
        } else {
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                members.add(read(part, component));
            }
        }
        return members;
    }

    private static @Nullable Object read(Object holder, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(holder);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The component " + component.getName() + " of a job cannot be read", e);
        }
    }
}
