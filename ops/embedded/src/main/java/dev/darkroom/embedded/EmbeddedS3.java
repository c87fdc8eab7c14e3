package dev.darkroom.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * An S3 server inside this JVM, on 127.0.0.1: objects are files {@code folder/bucket/key}. Every request must be signed
 * (V2 or V4) with the one pair of keys. Stopped by {@link #stop()}; what was stored stays. Thread-safe.
 */
public final class EmbeddedS3 implements AutoCloseable {

    private final S3Proxy proxy;

    private EmbeddedS3(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Returns when the server accepts requests.
     *
     * @param folder where objects lie; made when missing
     * @param port 0 for a free one
     * @param buckets made when missing
     */
    public static EmbeddedS3 start(Path folder, int port, S3Credentials credentials, List<String> buckets) {
        try {
            for (String bucket : buckets) {
                Files.createDirectories(folder.resolve(requireBucketName(bucket)));
            }
            Files.createDirectories(folder);
            return start(port, credentials, new PrivateBlobStore(new FilesystemNio2BlobStore(folder.toString())));
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "The S3 folder " + folder + " can't be used (" + Failures.reason(e)
                            + "): make it writable for this user or choose another one.",
                    e);
        }
    }

    public int port() {
        return proxy.getPort();
    }

    /** To be used with path-style access: buckets are no host names here. */
    public URI endpoint() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port());
    }

    /** Requests in progress are cut off. */
    public void stop() {
        stop(proxy);
    }

    @Override
    public void close() {
        stop();
    }

    private static EmbeddedS3 start(int port, S3Credentials credentials, BlobStore store) {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.endpoint", "http://" + Ports.LOOPBACK + ":" + port);
        properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        properties.setProperty("s3proxy.identity", credentials.accessKey());
        properties.setProperty("s3proxy.credential", credentials.secretKey());
        S3Proxy proxy = build(properties, store);
        proxy.setBlobStoreLocator((identity, container, blob) -> grant(identity, credentials, store));
        try {
            proxy.start();
            return new EmbeddedS3(proxy);
        } catch (Exception e) {
            stop(proxy);
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw Ports.taken(port, "S3");
            }
            throw new EmbeddedServerException("S3 could not be started: " + e.getMessage(), e);
        }
    }

    private static @Nullable AccessGrant grant(@Nullable String identity, S3Credentials credentials, BlobStore store) {
        return credentials.accessKey().equals(identity) ? new AccessGrant(credentials.secretKey(), store) : null;
    }

    private static S3Proxy build(Properties properties, BlobStore store) {
        try {
            return S3Proxy.Builder.fromProperties(properties).blobStore(store).build();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stop(S3Proxy proxy) {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new EmbeddedServerException("S3 could not be stopped: " + e.getMessage(), e);
        }
    }

    /** The subset of S3's rules that also makes a harmless folder name. */
    private static String requireBucketName(String bucket) {
        if (!bucket.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")) {
            throw new EmbeddedServerException(
                    "\"" + bucket + "\" is no bucket name: use 3 to 63 lower-case letters, digits and hyphens.");
        }
        return bucket;
    }
}
