package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ServerLink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which connected server gets a request. A key always goes to the same server as long as that is connected, see
 * {@link Rendezvous}. A server that was away gets its keys back one after the other: each key has its moment in the
 * ramp-up, the same in every process, so that neither all keys of a process nor one key of all processes come at once.
 * Looks at the connections once a turn; lives on the event loop.
 */
final class Routing {

    private final List<ServerLink> links;

    /** Servers that get all of their keys, and their addresses in the same order. */
    private List<ServerLink> full = List.of();

    private List<ServerAddress> fullServers = List.of();

    /** Servers that are getting theirs back. */
    private List<Ramping> ramping = List.of();

    private int rotation;

    Routing(List<ServerLink> links) {
        this.links = links;
    }

    /** Sees which servers are connected. */
    void refresh(long now) {
        List<ClientConnection> connections = new ArrayList<>(links.size());
        for (ServerLink link : links) {
            if (link.connection() instanceof ClientConnection connection) {
                connections.add(connection);
            }
        }
        if (connections.stream().noneMatch(connection -> connection.share(now) == 1)) {
            // Nobody is there to spare them: the first to answer are the servers for now.
            connections.stream().filter(ClientConnection::isProven).forEach(ClientConnection::giveFullShare);
        }
        arrange(connections, now);
    }

    /** The server for this key, or null where none is connected. Requests without a key go round. */
    @Nullable
    ServerLink choose(String key) {
        int turn = key.isEmpty() ? rotation++ : 0;
        List<ServerLink> candidates = full;
        List<ServerAddress> servers = fullServers;
        if (!ramping.isEmpty()) {
            double position = key.isEmpty() ? Rendezvous.position(turn) : Rendezvous.position(key.hashCode());
            candidates = new ArrayList<>(full);
            for (Ramping back : ramping) {
                if (position < back.share) {
                    candidates.add(back.link);
                }
            }
            servers = candidates.stream().map(ServerLink::server).toList();
        }
        if (candidates.size() <= 1) {
            return candidates.isEmpty() ? null : candidates.get(0);
        }
        return key.isEmpty()
                ? candidates.get(Math.floorMod(turn, candidates.size()))
                : candidates.get(servers.indexOf(Rendezvous.choose(key, servers)));
    }

    private void arrange(List<ClientConnection> connections, long now) {
        full = new ArrayList<>(connections.size());
        ramping = new ArrayList<>(0);
        for (ClientConnection connection : connections) {
            double share = connection.share(now);
            if (share == 1) {
                full.add(connection.link());
            } else if (share > 0) {
                ramping.add(new Ramping(connection.link(), share));
            }
        }
        if (full.isEmpty()) {
            connections.forEach(connection -> full.add(connection.link()));
        }
        fullServers = full.stream().map(ServerLink::server).toList();
    }

    private record Ramping(ServerLink link, double share) {}
}
