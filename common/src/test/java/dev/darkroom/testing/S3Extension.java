package dev.darkroom.testing;

import dev.darkroom.embedded.EmbeddedS3;
import dev.darkroom.embedded.S3Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server for a test class, to be held in a static field with {@code @RegisterExtension}: one server per JVM, a
 * bucket of its own for each class.
 */
public final class S3Extension implements BeforeAllCallback, AfterAllCallback {

    public static final S3Credentials CREDENTIALS = new S3Credentials("TESTACCESSKEY", "test-secret-key");

    private @Nullable SharedServer server;
    private @Nullable S3Client client;
    private String bucket = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        server = TestServers.shared(
                context,
                "s3",
                SharedServer.class,
                folder -> new SharedServer(
                        EmbeddedS3.start(folder.resolve("s3"), 0, CREDENTIALS, List.of()),
                        folder.resolve("s3"),
                        new AtomicLong()));
        S3Client opened = S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        client = opened;
        bucket = "test-" + server.buckets().incrementAndGet();
        opened.createBucket(request -> request.bucket(bucket));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client().close();
    }

    /** Path-style access only. */
    public URI endpoint() {
        if (server == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return server.s3().endpoint();
    }

    /** The name of this class's bucket, empty at first. */
    public String bucket() {
        return bucket;
    }

    /** Closed after the class. */
    public S3Client client() {
        if (client == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return client;
    }

    /** Makes an object of this class's bucket older than it is. */
    public void age(String key, Duration age) throws IOException {
        if (server == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        Path file = server.folder().resolve(bucket).resolve(key);
        FileTime written = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(written.toInstant().minus(age)));
    }

    private record SharedServer(EmbeddedS3 s3, Path folder, AtomicLong buckets) implements AutoCloseable {

        @Override
        public void close() {
            s3.stop();
        }
    }
}
