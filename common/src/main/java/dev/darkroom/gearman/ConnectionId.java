package dev.darkroom.gearman;

/**
 * One connection to a job server: what is assigned over it can be answered over it alone.
 *
 * @param server where it leads
 * @param serial grows with each connection to this server
 */
public record ConnectionId(ServerAddress server, long serial) {}
