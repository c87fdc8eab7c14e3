package dev.darkroom.jobs.dispatch;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.JobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the duties of one relay while it leads. One thread. */
final class RelayDuties implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayDuties.class);

    private static final Duration LOOK = Duration.ofMillis(50);

    /** A duty's statement may take long, but a database that has stopped answering must not end all duties. */
    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private final DataSource source;
    private final Map<RelayDuty, Periodic> duties = new LinkedHashMap<>();
    private final BooleanSupplier leading;
    private final BooleanSupplier stopping;
    private final Pause pause;

    RelayDuties(
            DataSource source, List<RelayDuty> duties, BooleanSupplier leading, BooleanSupplier stopping, Pause pause) {
        this.source = source;
        this.leading = leading;
        this.stopping = stopping;
        this.pause = pause;
        duties.forEach(duty -> this.duties.put(duty, new Periodic(duty.interval())));
    }

    @Override
    public void run() {
        try {
            while (!stopping.getAsBoolean()) {
                if (leading.getAsBoolean()) {
                    runDue();
                }
                pause.pause(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runDue() {
        for (Map.Entry<RelayDuty, Periodic> entry : duties.entrySet()) {
            if (entry.getValue().isDue()) {
                run(entry.getKey());
                entry.getValue().restart();
            }
        }
    }

    private void run(RelayDuty duty) {
        try (Connection connection = source.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, LONGEST_SILENCE_MILLIS);
            duty.run(connection);
        } catch (SQLException | JobException e) {
            LOG.warn("{} could not be done and is tried again in {}: {}", duty.name(), duty.interval(), e.getMessage());
        } catch (RuntimeException | Error e) {
            // The other duties go on.
            LOG.error("{} failed in a way not foreseen and is tried again in {}", duty.name(), duty.interval(), e);
        }
    }
}
