package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TlsSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings that clients and workers share. */
public abstract class LinkBuilder<B extends LinkBuilder<B>> {

    private LinkSettings link = LinkSettings.DEFAULT;

    private @Nullable EventLoops eventLoops;

    protected LinkBuilder() {}

    protected abstract B self();

    /** What was set; throws where no server is named. */
    public final LinkSettings settings() {
        return link.requireServers();
    }

    /** The threads to share, or null for one of its own. */
    public final @Nullable EventLoops sharedLoops() {
        return eventLoops;
    }

    /** One connection is kept to each of these. Required. */
    public B servers(List<ServerAddress> servers) {
        link = link.withServers(servers);
        return self();
    }

    /** Shown in the job server's list of workers; without blanks. Default none. */
    public B clientId(String clientId) {
        link = link.withClientId(clientId);
        return self();
    }

    /** How long one attempt to connect may take, a TLS handshake included. Default 3 s. */
    public B connectTimeout(Duration timeout) {
        link = link.withConnectTimeout(timeout);
        return self();
    }

    /** How long an answer may take; a server silent for so long while it owes one counts as lost. Default 10 s. */
    public B answerTimeout(Duration timeout) {
        link = link.withAnswerTimeout(timeout);
        return self();
    }

    /** The waits between attempts to connect. Default 50 ms doubling to 5 s. */
    public B backoff(Backoff backoff) {
        link = link.withBackoff(backoff);
        return self();
    }

    /** Bytes that a job server's packet may have at most. Default 64 MiB. */
    public B maxPacketSize(int bytes) {
        link = link.withMaxPacketSize(bytes);
        return self();
    }

    /** TLS with all servers, which must speak it from the first byte. Default plain. */
    public B tls(TlsSettings tls) {
        link = link.withTls(tls);
        return self();
    }

    /** Threads shared with other clients and workers. Default one thread of its own. */
    public B eventLoops(EventLoops loops) {
        eventLoops = loops;
        return self();
    }
}
