package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;

/**
 * One connection to a job server: what is assigned over it can be answered over it alone.
 *
 * @param server where it leads
 * @param serial grows with each connection to this server
 */
public record ConnectionId(ServerAddress server, long serial) {}
