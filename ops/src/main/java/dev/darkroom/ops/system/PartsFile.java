package dev.darkroom.ops.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes the files from which every process learns where the servers are. */
final class PartsFile {

    /** The databases on the one server: what crosses shards, and the users' data. */
    static final String DIRECTORY = "darkroom_directory";

    static final String PHOTOS = "darkroom_1";

    private static final String POSTGRES_PASSWORD = "postgres-password";
    private static final int LAST_SHARD = 15;

    private PartsFile() {}

    /** @param poolSize most connections that a process with this file opens to each database */
    static void write(Path file, int poolSize, DataFolder data, Servers servers, Secrets secrets) {
        String rest = password(servers.postgres(), secrets) + "\npoolSize: " + poolSize;
        String text = """
                # Written by each start of the system: where its parts are.
                gearman:
                  servers: [%s]
                directory:
                %s
                databases:
                  - number: 1
                    shards: [0-%d]
                    database:
                %s
                redis:
                  feeds: [%s]
                s3:
                  endpoint: %s
                  region: %s
                  bucket: %s
                  accessKey: %s
                  secretKey: %s
                """.formatted(
                        String.join(", ", quoted(servers.gearman())),
                        database(servers.postgres(), DIRECTORY, rest).indent(2).stripTrailing(),
                        LAST_SHARD,
                        database(servers.postgres(), PHOTOS, rest).indent(6).stripTrailing(),
                        quote(servers.redis().toString()),
                        quote(servers.s3().endpoint().toString()),
                        quote(servers.s3().region()),
                        quote(servers.s3().bucket()),
                        quote(servers.s3().accessKey()),
                        quote(secrets.reference(S3Server.SECRET)));
        data.writePrivately(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String password(PostgresServer server, Secrets secrets) {
        if (server.password() == null) {
            return "";
        }
        secrets.given(POSTGRES_PASSWORD, server.password());
        return "\npassword: " + quote(secrets.reference(POSTGRES_PASSWORD));
    }

    private static String database(PostgresServer server, String name, String rest) {
        return "url: " + quote(server.jdbcUrl(name)) + "\nuser: " + quote(server.user()) + rest;
    }

    private static List<String> quoted(List<Address> addresses) {
        return addresses.stream().map(address -> quote(address.toString())).toList();
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
