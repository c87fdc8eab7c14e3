package dev.darkroom.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as others see it.
 *
 * @param fullName empty if not given, as are bio and website
 * @param profilePicture key of the picture in the photo store; null for none
 */
public record User(
        UserId id,
        Username username,
        String fullName,
        String bio,
        String website,
        @Nullable String profilePicture,
        boolean isPrivate,
        Instant createdAt) {}
