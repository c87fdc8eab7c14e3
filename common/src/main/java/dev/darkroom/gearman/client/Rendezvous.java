package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Highest-random-weight choice of a server for a key: every process chooses alike, and when a server goes only its keys
 * move. Stateless.
 */
final class Rendezvous {

    private Rendezvous() {}

    /** The server for this key, or null where there is none to choose from. */
    static @Nullable ServerAddress choose(String key, List<ServerAddress> servers) {
        ServerAddress best = null;
        long highest = 0;
        for (ServerAddress server : servers) {
            long weight = weight(key, server);
            if (best == null || weight > highest) {
                best = server;
                highest = weight;
            }
        }
        return best;
    }

    private static long weight(String key, ServerAddress server) {
        return mix(((long) key.hashCode() << 32) ^ mix(server.host().hashCode() * 31L + server.port()));
    }

    /** David Stafford's 13th variant of the MurmurHash3 finaliser. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
