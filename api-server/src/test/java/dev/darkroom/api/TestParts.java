package dev.darkroom.api;

import dev.darkroom.testing.PostgresExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** The file {@code parts.yml} of a test: a directory, two physical databases, Redis, S3, and no job server. */
final class TestParts {

    private TestParts() {}

    static Path write(Path folder, PostgresExtension postgres, int redisPort, URI s3, String bucket)
            throws IOException, SQLException {
        return write(
                folder,
                postgres.jdbcUrl(),
                postgres.jdbcUrl(postgres.createDatabase()),
                postgres.jdbcUrl(postgres.createDatabase()),
                redisPort,
                s3,
                bucket);
    }

    static Path write(Path folder, String directory, String first, String second, int redisPort, URI s3, String bucket)
            throws IOException {
        Path secret = folder.resolve("s3-secret");
        Files.writeString(secret, "test-secret-key");
        return Files.writeString(
                folder.resolve("parts.yml"), """
                gearman:
                  servers: ["127.0.0.1:1"]
                directory: {url: "%s", user: postgres, poolSize: 4}
                databases:
                  - {number: 1, shards: [0-1], database: {url: "%s", user: postgres, poolSize: 8}}
                  - {number: 2, shards: [2-3], database: {url: "%s", user: postgres, poolSize: 8}}
                redis: {feeds: ["127.0.0.1:%d"]}
                s3: {endpoint: "%s", region: us-east-1, bucket: "%s", accessKey: TESTACCESSKEY, secretKey: "file:%s"}
                """.formatted(directory, first, second, redisPort, s3, bucket, secret));
    }
}
