package dev.darkroom.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.config.S3Configuration;
import dev.darkroom.config.Secret;
import dev.darkroom.shards.ShardId;
import dev.darkroom.testing.S3Extension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PhotoStorageIT {

    @RegisterExtension
    static final S3Extension S3 = new S3Extension();

    private static final PhotoAddress ADDRESS =
            new PhotoAddress(new ShardId(7), new PhotoKey("0123456789abcdef0123456789abcdef"));
    private static final byte[] CONTENT = {1, 2, 3};

    private final PhotoStorage storage = open(S3.endpoint(), S3.bucket(), S3Extension.CREDENTIALS.secretKey());

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void an_original_comes_back_with_its_length_and_type(@TempDir Path folder) throws IOException {
        storage.putOriginal(ADDRESS, Files.write(folder.resolve("upload"), CONTENT), "image/png");

        try (StoredObject stored = storage.open(ADDRESS.original()).orElseThrow()) {
            assertThat(stored.content().readAllBytes()).isEqualTo(CONTENT);
            assertThat(stored.length()).isEqualTo(3);
            assertThat(stored.contentType()).isEqualTo("image/png");
        }
    }

    @Test
    void a_stream_is_stored_and_replaces_what_was_there() throws IOException {
        storage.putOriginal(ADDRESS, new ByteArrayInputStream(new byte[100]), 100, "image/gif");
        storage.putOriginal(ADDRESS, new ByteArrayInputStream(CONTENT), 3, "image/gif");

        assertThat(read(ADDRESS.original())).contains(CONTENT);
    }

    @Test
    void renditions_lie_under_the_suffixes_of_the_api() throws IOException {
        storage.putRendition(ADDRESS, Rendition.STANDARD_RESOLUTION, CONTENT);

        assertThat(read("photos/0007/0123456789abcdef0123456789abcdef_7.jpg")).contains(CONTENT);
    }

    @Test
    void deleting_removes_every_object_of_the_photo_and_may_be_repeated() throws IOException {
        storage.putOriginal(ADDRESS, new ByteArrayInputStream(CONTENT), 3, "image/jpeg");
        Stream.of(Rendition.values()).forEach(rendition -> storage.putRendition(ADDRESS, rendition, CONTENT));

        storage.delete(ADDRESS);
        storage.delete(ADDRESS);

        assertThat(read(ADDRESS.original())).isEmpty();
        assertThat(read(ADDRESS.rendition(Rendition.THUMBNAIL))).isEmpty();
    }

    @Test
    void a_bucket_is_created_once() {
        try (PhotoStorage other = open(S3.endpoint(), S3.bucket() + "-new", S3Extension.CREDENTIALS.secretKey())) {
            other.createBucketIfMissing();
            other.createBucketIfMissing();
            other.putRendition(ADDRESS, Rendition.THUMBNAIL, CONTENT);
        }
    }

    @Test
    void a_wrong_key_is_refused() {
        try (PhotoStorage stranger = open(S3.endpoint(), S3.bucket(), "wrong")) {
            assertThatThrownBy(() -> stranger.putRendition(ADDRESS, Rendition.THUMBNAIL, CONTENT))
                    .isInstanceOf(StorageRefusedException.class);
        }
    }

    @Test
    void a_missing_bucket_is_refused() {
        try (PhotoStorage lost = open(S3.endpoint(), "no-such-bucket", S3Extension.CREDENTIALS.secretKey())) {
            assertThatThrownBy(() -> lost.putRendition(ADDRESS, Rendition.THUMBNAIL, CONTENT))
                    .isInstanceOf(StorageRefusedException.class);
        }
    }

    @Test
    void a_server_that_is_away_is_unreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (PhotoStorage away = open(URI.create("http://127.0.0.1:" + port), S3.bucket(), "any")) {
            assertThatThrownBy(() -> away.open(ADDRESS.original())).isInstanceOf(StorageUnreachableException.class);
        }
    }

    private Optional<byte[]> read(String key) throws IOException {
        Optional<StoredObject> found = storage.open(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (StoredObject stored = found.get()) {
            return Optional.of(stored.content().readAllBytes());
        }
    }

    private static PhotoStorage open(URI endpoint, String bucket, String secret) {
        return PhotoStorage.open(new S3Configuration(
                endpoint, "us-east-1", bucket, S3Extension.CREDENTIALS.accessKey(), Secret.of(secret), null));
    }
}
