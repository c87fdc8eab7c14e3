package dev.darkroom.gearman.connection;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.gearman.TlsSettings;
import dev.darkroom.gearman.protocol.PacketReader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What client and worker connections have in common.
 *
 * @param servers one connection is kept to each
 * @param clientId shown in the job server's list of workers; empty for none
 * @param connectTimeout how long one attempt may take, its TLS handshake included
 * @param answerTimeout a request unanswered for so long has failed; a connection silent for so long while it owes an
 *     answer is taken for dead
 * @param backoff between attempts to connect
 * @param maxPacketSize bytes a job server's packet may have at most
 * @param tls null for plain connections
 */
public record LinkSettings(
        List<ServerAddress> servers,
        String clientId,
        Duration connectTimeout,
        Duration answerTimeout,
        Backoff backoff,
        int maxPacketSize,
        @Nullable TlsSettings tls) {

    static final LinkSettings DEFAULT = new LinkSettings(
            List.of(),
            "",
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Backoff.DEFAULT,
            PacketReader.DEFAULT_MAX_BODY_SIZE,
            null);

    public LinkSettings {
        servers = List.copyOf(servers);
        if (servers.stream().distinct().count() != servers.size()) {
            throw new IllegalArgumentException("A job server is named twice: " + servers);
        }
        if (clientId.indexOf('\0') >= 0 || clientId.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("A client id holds no NUL and no blank: '" + clientId + "'");
        }
        requirePositive("connect time-out", connectTimeout);
        requirePositive("answer time-out", answerTimeout);
    }

    public LinkSettings withServers(List<ServerAddress> value) {
        return new LinkSettings(value, clientId, connectTimeout, answerTimeout, backoff, maxPacketSize, tls);
    }

    public LinkSettings withClientId(String value) {
        return new LinkSettings(servers, value, connectTimeout, answerTimeout, backoff, maxPacketSize, tls);
    }

    public LinkSettings withConnectTimeout(Duration value) {
        return new LinkSettings(servers, clientId, value, answerTimeout, backoff, maxPacketSize, tls);
    }

    public LinkSettings withAnswerTimeout(Duration value) {
        return new LinkSettings(servers, clientId, connectTimeout, value, backoff, maxPacketSize, tls);
    }

    public LinkSettings withBackoff(Backoff value) {
        return new LinkSettings(servers, clientId, connectTimeout, answerTimeout, value, maxPacketSize, tls);
    }

    public LinkSettings withMaxPacketSize(int value) {
        return new LinkSettings(servers, clientId, connectTimeout, answerTimeout, backoff, value, tls);
    }

    public LinkSettings withTls(TlsSettings value) {
        return new LinkSettings(servers, clientId, connectTimeout, answerTimeout, backoff, maxPacketSize, value);
    }

    public LinkSettings requireServers() {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("Name at least one job server");
        }
        return this;
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("The " + what + " must be positive: " + value);
        }
    }
}
