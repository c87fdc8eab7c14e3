package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.unique.SweepKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees unique keys whose jobs were deleted past the platform, so that they hinder nobody for ever. */
final class SweepLostKeys implements RelayDuty {

    private static final Logger LOG = LoggerFactory.getLogger(SweepLostKeys.class);

    @Override
    public String name() {
        return "Freeing unique keys of jobs that are not there any more";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run(Connection connection) throws SQLException {
        int freed = SweepKeys.withoutJob(connection);
        if (freed > 0) {
            LOG.warn("{} unique keys are free again: somebody has deleted the jobs that held them by hand", freed);
        }
    }
}
