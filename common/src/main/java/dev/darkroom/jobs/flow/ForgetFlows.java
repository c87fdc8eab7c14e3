package dev.darkroom.jobs.flow;

import dev.darkroom.jobs.dispatch.RelayDuty;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Takes the rows of flows away that ended a week ago, some thousands at a time. Right with any number of relays. */
public final class ForgetFlows implements RelayDuty {

    private static final String FORGET = """
            DELETE FROM jobs.flow WHERE id IN (
              SELECT id FROM jobs.flow WHERE ended_at < clock_timestamp() - interval '7 days'
              ORDER BY ended_at LIMIT 5000 FOR UPDATE SKIP LOCKED)""";

    @Override
    public String name() {
        return "forgetting flows that have ended";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.executeUpdate();
        }
    }
}
