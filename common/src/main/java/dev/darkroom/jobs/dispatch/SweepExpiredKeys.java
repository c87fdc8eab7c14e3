package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.unique.SweepKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Takes away unique keys whose period is over. */
final class SweepExpiredKeys implements RelayDuty {

    @Override
    public String name() {
        return "Taking away unique keys whose period is over";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run(Connection connection) throws SQLException {
        SweepKeys.expired(connection);
    }
}
