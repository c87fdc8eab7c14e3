package dev.darkroom.api;

import dev.darkroom.jobs.watch.LedgerGauges;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import io.dropwizard.core.setup.Environment;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Shows at the administration port's {@code /metrics} what all workers do. */
final class WatchWiring {

    private static final int EVERY_SECONDS = 5;

    private WatchWiring() {}

    static void wire(Environment environment, Shards shards) {
        LedgerGauges gauges = new LedgerGauges(
                environment.metrics(),
                shards.databases().stream().map(PhysicalDatabase::source).toList());
        ScheduledFuture<?> unused = environment
                .lifecycle()
                .scheduledExecutorService("job-gauges")
                .threads(1)
                .build()
                .scheduleWithFixedDelay(gauges, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }
}
