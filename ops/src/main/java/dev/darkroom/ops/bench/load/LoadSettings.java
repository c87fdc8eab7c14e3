package dev.darkroom.ops.bench.load;

import dev.darkroom.gearman.ServerAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a process of a benchmark is told.
 *
 * @param role what it does
 * @param counts the folder of the shared counts
 * @param more what its role needs to know beside: a number or a name
 */
public record LoadSettings(
        String role, ServerAddress jobServer, String jdbcUrl, Path counts, Set<Feature> features, String more) {

    private static final int FIELDS = 6;

    /** Any command line argument has something in it. */
    public static final String NOTHING_MORE = "-";

    public LoadSettings {
        features = Set.copyOf(features);
    }

    /** The same for another part. */
    public LoadSettings as(String otherRole, String otherMore) {
        return new LoadSettings(otherRole, jobServer, jdbcUrl, counts, features, otherMore);
    }

    public LoadSettings with(Collection<Feature> others) {
        return new LoadSettings(role, jobServer, jdbcUrl, counts, Set.copyOf(others), more);
    }

    /** As the arguments of {@link LoadProcess}. */
    public List<String> arguments() {
        return List.of(role, jobServer.toString(), jdbcUrl, counts.toString(), Feature.text(features), more);
    }

    static LoadSettings parse(String[] arguments) {
        if (arguments.length != FIELDS) {
            throw new IllegalArgumentException("A process of a benchmark is told " + FIELDS + " things");
        }
        return new LoadSettings(
                arguments[0],
                ServerAddress.parse(arguments[1]),
                arguments[2],
                Path.of(arguments[3]),
                Feature.parse(arguments[4]),
                arguments[5]);
    }
}
