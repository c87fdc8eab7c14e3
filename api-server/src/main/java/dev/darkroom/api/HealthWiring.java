package dev.darkroom.api;

import com.codahale.metrics.health.HealthCheckRegistry;
import dev.darkroom.api.health.DatabaseHealthCheck;
import dev.darkroom.api.health.HelperHealthCheck;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.net.URI;
import java.time.InstantSource;

/** Registers a health check for each part. */
final class HealthWiring {

    private HealthWiring() {}

    static void wire(HealthCheckRegistry checks, PartsConfiguration parts, Shards shards) {
        checks.register("directory", new DatabaseHealthCheck(shards.directory().source(), InstantSource.system()));
        for (PhysicalDatabase database : shards.databases()) {
            checks.register(
                    "database-" + database.number(),
                    new DatabaseHealthCheck(database.source(), InstantSource.system()));
        }
        checks.register("s3", s3(parts.s3().endpoint()));
        for (String node : parts.redis().feeds()) {
            checks.register(
                    "redis-" + node, HelperHealthCheck.of(node, "feeds are read from the databases, which is slower"));
        }
        for (String server : parts.gearman().servers()) {
            checks.register("gearman-" + server, HelperHealthCheck.of(server, "jobs wait in the databases"));
        }
    }

    private static HelperHealthCheck s3(URI endpoint) {
        int preset = "https".equals(endpoint.getScheme()) ? 443 : 80;
        return new HelperHealthCheck(
                endpoint.getHost(), endpoint.getPort() < 0 ? preset : endpoint.getPort(), "no photo can be posted");
    }
}
