package dev.darkroom.gearman;

/**
 * What a job server calls a job.
 *
 * @param server the job server that gave it; two servers may give the same value
 * @param value opaque; at most 63 bytes with gearmand
 */
public record JobHandle(ServerAddress server, String value) {

    @Override
    public String toString() {
        return value + "@" + server;
    }
}
