package dev.darkroom.ops.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files from which every process learns where the servers are. */
record PartsFile(DataFolder data, Servers servers, ShardMap shards, Secrets secrets) {

    /** The database of what crosses shards. */
    static final String DIRECTORY = "darkroom_directory";

    private static final String DATABASE_PREFIX = "darkroom_";

    /** The database of users' data with that number. */
    static String databaseName(int number) {
        return DATABASE_PREFIX + number;
    }

    /** @param poolSize most connections that a process with this file opens to each database */
    void write(Path file, int poolSize) {
        String text = """
                # Written by each start of the system: where its parts are. To be changed here are the shards of the databases,
                # once their data was moved: see docs/runbook/move-a-shard.md.
                gearman:
                  servers: [%s]
                directory:
                %s
                databases:
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
                        database(servers.postgres().firstKey(), DIRECTORY, poolSize)
                                .indent(2)
                                .stripTrailing(),
                        shards.shards().entrySet().stream()
                                .map(entry -> physicalDatabase(entry, poolSize))
                                .collect(Collectors.joining("\n")),
                        quote(servers.redis().toString()),
                        quote(servers.s3().endpoint().toString()),
                        quote(servers.s3().region()),
                        quote(servers.s3().bucket()),
                        quote(servers.s3().accessKey()),
                        quote(secrets.reference(S3Server.SECRET)));
        data.writePrivately(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private String physicalDatabase(Map.Entry<Integer, List<String>> entry, int poolSize) {
        int number = entry.getKey();
        return """
                  - number: %d
                    shards: [%s]
                    database:
                %s""".formatted(
                number,
                String.join(", ", entry.getValue()),
                database(number, databaseName(number), poolSize).indent(6).stripTrailing());
    }

    private String database(int number, String name, int poolSize) {
        PostgresServer server = servers.database(number);
        return "url: " + quote(server.jdbcUrl(name)) + "\nuser: " + quote(server.user()) + password(number, server)
                + "\npoolSize: " + poolSize;
    }

    private String password(int number, PostgresServer server) {
        if (server.password() == null) {
            return "";
        }
        String name = StoreParts.postgresName(number) + "-password";
        secrets.given(name, server.password());
        return "\npassword: " + quote(secrets.reference(name));
    }

    private static List<String> quoted(List<Address> addresses) {
        return addresses.stream().map(address -> quote(address.toString())).toList();
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
