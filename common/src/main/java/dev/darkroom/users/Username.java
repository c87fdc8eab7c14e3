package dev.darkroom.users;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an account: 1 to 30 of a-z, 0-9, underscore and dot. Unique over all shards. */
public record Username(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_.]{1,30}");

    public Username {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A username is 1 to 30 of a-z, 0-9, underscore and dot: " + value);
        }
    }

    /** Lower-cases what a person typed; empty if it cannot be a username. */
    public static Optional<Username> of(String typed) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return FORM.matcher(lower).matches() ? Optional.of(new Username(lower)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
