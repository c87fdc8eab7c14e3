package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.ledger.WorkerBeat;
import dev.darkroom.jobs.ledger.WorkerRegister;
import dev.darkroom.jobs.ledger.WorkerSelf;
import dev.darkroom.jobs.watch.TypeMeters;
import dev.darkroom.shards.PhysicalDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchIT {

    @RegisterExtension
    static final ApiExtension API = new ApiExtension();

    @Test
    @Timeout(60)
    void the_administration_port_shows_what_workers_of_all_databases_did() throws Exception {
        UUID worker = UUID.randomUUID();
        int seconds = 1;
        for (PhysicalDatabase database : API.shards().databases()) {
            beat(worker, database, seconds);
            seconds += 2;
        }

        while (gauge("done-per-second").asDouble() == 0) {
            Pause.SLEEP.pause(Duration.ofMillis(100));
        }

        assertThat(gauge("done-per-second").asDouble()).isCloseTo(2 / 60.0, within(0.001));
        assertThat(gauge("wait-p50").asDouble()).isCloseTo(1, within(0.02));
        assertThat(gauge("wait-p99").asDouble()).isCloseTo(3, within(0.05));
        assertThat(gauge("run-p50").asDouble()).isCloseTo(0.5, within(0.01));
    }

    private static void beat(UUID worker, PhysicalDatabase database, int waited) throws SQLException {
        TypeMeters meters =
                new TypeMeters(new MetricRegistry(), database.number(), "media.render", Clock.defaultClock());
        meters.waited("", Duration.ofSeconds(waited).toNanos() / 1_000);
        meters.settled("", Settlement.DONE, 500_000);
        new WorkerRegister(database.source())
                .beat(new WorkerBeat(
                        new WorkerSelf(worker, "w", "here", 1, 4, false),
                        "running",
                        List.of(),
                        Duration.ZERO,
                        Map.of("media.render", RunCounts.ZERO),
                        Map.of("media.render", meters.lastMinute())));
    }

    private static JsonNode gauge(String name) {
        return API.admin()
                .get("/metrics")
                .json()
                .path("gauges")
                .path("jobs.media.render." + name)
                .path("value");
    }
}
