package dev.darkroom.api;

import dev.darkroom.api.access.Callers;
import dev.darkroom.api.limit.HourlyLimit;
import dev.darkroom.api.limit.RateLimit;
import dev.darkroom.config.PartsConfiguration;
import io.dropwizard.core.Application;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The API server. Start it with {@code server api.yml}; {@code --exit-on-stdin-end} stops it when its standard input ends,
 * that is when its starter dies. When it answers it prints {@code ready port N} on standard output; SIGTERM finishes the
 * requests under way and ends it.
 */
public final class ApiApplication extends Application<ApiConfiguration> {

    private static final String EXIT_ON_STDIN_END = "--exit-on-stdin-end";

    public static void main(String[] arguments) throws Exception {
        List<String> rest = new ArrayList<>(Arrays.asList(arguments));
        if (rest.remove(EXIT_ON_STDIN_END)) {
            StarterWatch.start(System.in);
        }
        new ApiApplication().run(rest.toArray(String[]::new));
    }

    @Override
    public String getName() {
        return "darkroom-api";
    }

    @Override
    public void run(ApiConfiguration configuration, Environment environment) throws Exception {
        ((AbstractServerFactory) configuration.getServerFactory()).setRegisterDefaultExceptionMappers(false);
        ApiLimits limits = configuration.limits();
        PartsConfiguration parts = configuration.loadParts();
        Stores stores = Stores.open(parts);
        environment.lifecycle().manage(stores);
        RateLimit limit = new HourlyLimit(limits.requestsPerHour());
        WireWiring.traces(environment, configuration.traceSampling());
        WireWiring.wire(environment, limits.uploads());
        WireWiring.errors(environment, limit);
        Callers callers = new Callers(stores.tokens(), stores.clients(), limits.callersRemembered());
        AccessWiring.wire(environment.jersey(), callers, limit);
        new ResourceWiring(environment.jersey(), stores, parts.mediaOrDefault()).wire();
        HealthWiring.wire(environment.healthChecks(), parts, stores.shards());
        WatchWiring.wire(environment, stores.shards());
        environment.lifecycle().addServerLifecycleListener(new ReadyLine(System.out));
    }
}
