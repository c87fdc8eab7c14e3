package dev.darkroom.gearman.server;

import dev.darkroom.gearman.ServerTlsSettings;
import dev.darkroom.gearman.protocol.PacketReader;
import org.jspecify.annotations.Nullable;

/**
 * How a job server runs.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param jobRetries how often a job is handed out at most when its workers vanish; 0 for no limit
 * @param maxJobs jobs that wait or run at most; beyond it a submission is refused
 * @param maxBytes memory for jobs, functions and who waits for them at most, estimated; beyond it a request is refused
 * @param maxPacketSize bytes a packet may have at most
 * @param maxConnections connections at most; one more is told so and closed
 * @param maxUnreadBytes a connection that leaves more bytes unread is closed
 * @param tls null for a port that speaks plain text alone; else it speaks TLS alone
 */
public record JobServerSettings(
        String host,
        int port,
        int jobRetries,
        int maxJobs,
        long maxBytes,
        int maxPacketSize,
        int maxConnections,
        long maxUnreadBytes,
        @Nullable ServerTlsSettings tls) {

    /** Loopback, any port, 3 tries, a million jobs, half of the heap, 64 MiB a packet, 10,000 connections, 256 MiB unread. */
    public static final JobServerSettings DEFAULT = new JobServerSettings(
            "127.0.0.1",
            0,
            3,
            1_000_000,
            Runtime.getRuntime().maxMemory() / 2,
            PacketReader.DEFAULT_MAX_BODY_SIZE,
            10_000,
            256L * 1024 * 1024,
            null);

    public JobServerSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("A port lies between 0 and 65535, not " + port);
        }
        if (jobRetries < 0
                || maxJobs < 1
                || maxBytes < 1
                || maxPacketSize < 1
                || maxConnections < 1
                || maxUnreadBytes < 1) {
            throw new IllegalArgumentException("A limit is not positive: retries " + jobRetries + ", jobs " + maxJobs
                    + ", bytes " + maxBytes + ", packet " + maxPacketSize + ", connections " + maxConnections
                    + ", unread bytes " + maxUnreadBytes);
        }
    }

    public JobServerSettings withHost(String value) {
        return new JobServerSettings(
                value, port, jobRetries, maxJobs, maxBytes, maxPacketSize, maxConnections, maxUnreadBytes, tls);
    }

    public JobServerSettings withPort(int value) {
        return new JobServerSettings(
                host, value, jobRetries, maxJobs, maxBytes, maxPacketSize, maxConnections, maxUnreadBytes, tls);
    }

    public JobServerSettings withJobRetries(int value) {
        return new JobServerSettings(
                host, port, value, maxJobs, maxBytes, maxPacketSize, maxConnections, maxUnreadBytes, tls);
    }

    public JobServerSettings withMaxJobs(int value) {
        return new JobServerSettings(
                host, port, jobRetries, value, maxBytes, maxPacketSize, maxConnections, maxUnreadBytes, tls);
    }

    public JobServerSettings withMaxBytes(long value) {
        return new JobServerSettings(
                host, port, jobRetries, maxJobs, value, maxPacketSize, maxConnections, maxUnreadBytes, tls);
    }

    public JobServerSettings withMaxPacketSize(int value) {
        return new JobServerSettings(
                host, port, jobRetries, maxJobs, maxBytes, value, maxConnections, maxUnreadBytes, tls);
    }

    public JobServerSettings withMaxConnections(int value) {
        return new JobServerSettings(
                host, port, jobRetries, maxJobs, maxBytes, maxPacketSize, value, maxUnreadBytes, tls);
    }

    public JobServerSettings withMaxUnreadBytes(long value) {
        return new JobServerSettings(
                host, port, jobRetries, maxJobs, maxBytes, maxPacketSize, maxConnections, value, tls);
    }

    public JobServerSettings withTls(ServerTlsSettings value) {
        return new JobServerSettings(
                host, port, jobRetries, maxJobs, maxBytes, maxPacketSize, maxConnections, maxUnreadBytes, value);
    }
}
