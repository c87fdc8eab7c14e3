package dev.darkroom.ops.killtest.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much a producer enqueues next, as the {@link Phase} is. */
final class Pace {

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

    private static final int MOST_WAITING = 8_000;
    private static final int LARGEST_BATCH = 400;
    private static final int MOST_WAITING_WHEN_CALM = 40;
    private static final int LARGEST_BATCH_WHEN_CALM = 4;

    private static final String WAITING = "SELECT count(*) FROM (SELECT 1 FROM jobs.job LIMIT ?) AS up_to";

    private final DataSource source;
    private final Clock clock;
    private final RandomGenerator random;

    Pace(DataSource source, Clock clock, RandomGenerator random) {
        this.source = source;
        this.clock = clock;
        this.random = random;
    }

    /** How many jobs to enqueue now; 0 if there are enough for the moment. */
    int nextBatch() {
        boolean calm = Phase.at(clock.millis()) == Phase.CALM;
        int most = calm ? MOST_WAITING_WHEN_CALM : MOST_WAITING;
        try {
            return waiting(most) < most ? random.nextInt(1, calm ? LARGEST_BATCH_WHEN_CALM : LARGEST_BATCH) : 0;
        } catch (SQLException e) {
            LOG.info("The database does not answer; tried again: {}", e.getMessage());
            return 0;
        }
    }

    private int waiting(int most) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement(WAITING)) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
