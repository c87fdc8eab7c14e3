package dev.darkroom.follows;

/**
 * Two accounts, seen from one of them.
 *
 * @param outgoing what the viewer is to the other
 * @param incoming what the other is to the viewer; may lag a moment behind
 */
public record Relationship(FollowState outgoing, FollowState incoming) {}
