package dev.darkroom.users;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token allows beyond reading public things. Every token has {@link #BASIC}. */
public enum Scope {
    BASIC,
    COMMENTS,
    RELATIONSHIPS,
    LIKES;

    /** As it is written in requests and stored: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String word) {
        return Stream.of(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }
}
