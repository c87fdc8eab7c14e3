package dev.darkroom.ops.system;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the servers listen: those given, and those that this system starts itself.
 *
 * @param postgres by the number of the physical database that each holds; the first holds the directory too
 */
record Servers(List<Address> gearman, SortedMap<Integer, PostgresServer> postgres, Address redis, S3Server s3) {

    /** Chooses ports for what is embedded, and checks that what is given can be reached. */
    static Servers choose(UpOptions.Given given, List<Integer> databases, FreePorts ports, Secrets secrets) {
        return new Servers(
                gearman(given, ports),
                postgres(given, databases, ports),
                redis(given, ports),
                s3(given, ports, secrets));
    }

    private static List<Address> gearman(UpOptions.Given given, FreePorts ports) {
        String text = given.gearman();
        if (text == null) {
            return List.of(Address.loopback(ports.next()));
        }
        List<Address> servers = Arrays.stream(text.split(","))
                .map(server -> Address.parse("--gearman", server.strip()))
                .toList();
        servers.forEach(server -> server.requireReachable("The job server"));
        return servers;
    }

    private static SortedMap<Integer, PostgresServer> postgres(
            UpOptions.Given given, List<Integer> databases, FreePorts ports) {
        SortedMap<Integer, PostgresServer> servers = new TreeMap<>();
        for (int i = 0; i < databases.size(); i++) {
            if (given.postgres().isEmpty()) {
                servers.put(
                        databases.get(i),
                        new PostgresServer(Address.loopback(ports.next()), PostgresServer.SUPERUSER, null));
            } else {
                PostgresServer server =
                        PostgresServer.parse(given.postgres().get(i).strip());
                server.address().requireReachable("PostgreSQL");
                servers.put(databases.get(i), server);
            }
        }
        return servers;
    }

    /** The one with the directory. */
    PostgresServer directory() {
        return database(postgres.firstKey());
    }

    /** The one with the physical database of that number. */
    PostgresServer database(int number) {
        return Objects.requireNonNull(postgres.get(number));
    }

    private static Address redis(UpOptions.Given given, FreePorts ports) {
        String text = given.redis();
        if (text == null) {
            return Address.loopback(ports.next());
        }
        Address server = Address.parse("--redis", text);
        server.requireReachable("Redis");
        return server;
    }

    private static S3Server s3(UpOptions.Given given, FreePorts ports, Secrets secrets) {
        String text = given.s3();
        if (text == null) {
            secrets.own(S3Server.SECRET);
            return S3Server.embedded(ports.next());
        }
        S3Server server = S3Server.given(text, System.getenv(), secrets);
        server.address().requireReachable("S3");
        return server;
    }

    /** By part, as the run file shows them. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put(
                "gearman",
                String.join(",", gearman.stream().map(Address::toString).toList()));
        postgres.forEach((number, server) ->
                addresses.put(StoreParts.postgresName(number), server.address().toString()));
        addresses.put("redis", redis.toString());
        addresses.put("s3", s3.endpoint().toString());
        return addresses;
    }
}
