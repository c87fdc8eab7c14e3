package dev.darkroom.users;

import java.util.Optional;

/** Finds what a token allows: the directory itself, or a cache in front of it. */
@FunctionalInterface
public interface TokenLookup {

    /** Empty if the token was never issued or has been revoked. */
    Optional<Authorization> find(String token);
}
