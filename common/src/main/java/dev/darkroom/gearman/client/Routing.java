package dev.darkroom.gearman.client;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.connection.ServerLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which connected server gets a request. Looks at the connections once a turn; lives on the event loop. */
final class Routing {

    private final List<ServerLink> links;
    private List<ServerLink> connected = List.of();
    private List<ServerAddress> servers = List.of();
    private int rotation;

    Routing(List<ServerLink> links) {
        this.links = links;
    }

    /** Sees which servers are connected now. */
    void refresh() {
        connected = links.stream().filter(ServerLink::isConnected).toList();
        servers = connected.stream().map(ServerLink::server).toList();
    }

    /** The server for this key, or null where none is connected. Requests without a key go round. */
    @Nullable
    ServerLink choose(String key) {
        if (connected.isEmpty()) {
            return null;
        }
        if (connected.size() == 1) {
            return connected.get(0);
        }
        return key.isEmpty()
                ? connected.get(Math.floorMod(rotation++, connected.size()))
                : connected.get(servers.indexOf(Rendezvous.choose(key, servers)));
    }
}
