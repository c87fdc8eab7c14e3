package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Highest-random-weight choice of a server for a key (Thaler and Ravishankar, 1996), a form of consistent hashing: each
 * server has a pseudo-random weight for each key, and the highest wins. So every process that names the servers alike
 * chooses alike, keys spread evenly without virtual nodes or a ring to keep, when a server goes only its keys move, to all
 * the others evenly, and when it comes back exactly these return. A choice costs one multiplication or two per server,
 * which for the handful of job servers is less than a look-up in a ring. Stateless.
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

    /** Where this lies between 0, included, and 1, excluded: evenly spread, and apart from any server's weight. */
    static double position(int hash) {
        return (mix(~(long) hash) >>> 11) * 0x1.0p-53;
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
