package dev.darkroom.follows;

import dev.darkroom.users.User;

/**
 * An account as one other account meets it.
 *
 * @param blocksViewer whether it blocks the other at this moment
 * @param blocks how often it has blocked the other so far
 */
public record Counterpart(User user, boolean blocksViewer, int blocks) {}
