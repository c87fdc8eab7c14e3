package dev.darkroom.users;

import org.jspecify.annotations.Nullable;

/**
 * An account to be made.
 *
 * @param passwordHash from {@link Passwords}; null for an account that nobody can log in to
 */
public record NewUser(Username username, @Nullable String passwordHash, String fullName, String bio, String website) {

    public NewUser(Username username, @Nullable String passwordHash) {
        this(username, passwordHash, "", "", "");
    }
}
