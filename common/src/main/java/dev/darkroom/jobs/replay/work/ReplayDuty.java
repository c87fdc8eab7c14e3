package dev.darkroom.jobs.replay.work;

import dev.darkroom.jobs.dispatch.RelayDuty;
import dev.darkroom.jobs.replay.PartOrder;
import dev.darkroom.jobs.replay.PartReports;
import dev.darkroom.jobs.replay.PartReports.PartState;
import dev.darkroom.jobs.replay.PartRow;
import dev.darkroom.jobs.replay.ReplayState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a database's part of all replays, as a duty of its active relay. All that it knows is in the databases, so another
 * process goes on where this one died; while the directory is away it goes on with what it last heard. One thread.
 */
public final class ReplayDuty implements RelayDuty {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayDuty.class);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration ONE_RUN = Duration.ofMillis(500);
    private static final Duration DIRECTORY = Duration.ofMillis(500);
    private static final Duration DIRECTORY_AWAY = Duration.ofSeconds(10);
    private static final Duration LOST = Duration.ofSeconds(5);

    private final int database;
    private final PartReports directory;
    private long directoryDue = System.nanoTime();
    private long lostDue = System.nanoTime();

    /**
     * @param database number of the physical database
     * @param directory connections to the directory database
     */
    public ReplayDuty(int database, DataSource directory) {
        this.database = database;
        this.directory = new PartReports(directory);
    }

    @Override
    public String name() {
        return "Replaying failed jobs";
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run(Connection connection) throws SQLException {
        if (System.nanoTime() - directoryDue >= 0) {
            talkToDirectory(connection);
        }
        boolean lookForLost = System.nanoTime() - lostDue >= 0;
        for (PartRow part : PartRow.open(connection)) {
            if (part.state().equals(ReplayState.CANARY.code())) {
                tryCanary(connection, part);
            } else if (part.state().equals(ReplayState.RUNNING.code())) {
                move(connection, part);
            }
            CountResults.addUp(connection, part.id());
            if (lookForLost) {
                CountResults.findLost(connection, part.id());
            }
        }
        if (lookForLost) {
            lostDue = System.nanoTime() + LOST.toNanos();
        }
    }

    private static void tryCanary(Connection connection, PartRow part) throws SQLException {
        for (Canary.Group group : Canary.left(connection, part.id())) {
            MoveFailures.canary(connection, part, group);
        }
    }

    private static void move(Connection connection, PartRow part) throws SQLException {
        long room = part.outstanding() - part.progress().waiting();
        long end = System.nanoTime() + ONE_RUN.toNanos();
        boolean more = true;
        while (more && room > 0 && System.nanoTime() - end < 0) {
            long moved = MoveFailures.next(connection, part, room);
            room -= moved;
            more = moved > 0;
        }
    }

    /** Reports, and hears what is wanted. */
    private void talkToDirectory(Connection connection) throws SQLException {
        List<Said> said = new ArrayList<>();
        for (PartRow part : PartRow.open(connection)) {
            said.add(said(connection, part));
        }
        List<PartOrder> orders = List.of();
        Duration next = DIRECTORY;
        try {
            for (Said one : said) {
                directory.report(database, one.part(), one.state(), one.reason());
            }
            orders = directory.orders(
                    database, said.stream().map(one -> one.part().id()).toList());
        } catch (SQLException e) {
            next = DIRECTORY_AWAY;
            LOG.warn("Replays go on as they stand, the directory is asked again in {}: {}", next, e.getMessage());
        }
        for (PartOrder order : orders) {
            PartRow.follow(connection, order);
        }
        directoryDue = System.nanoTime() + next.toNanos();
    }

    private static Said said(Connection connection, PartRow part) throws SQLException {
        ReplayState state = ReplayState.ofCode(part.state());
        boolean settled = part.progress().waiting() == 0;
        if (settled && (part.exhausted() || state == ReplayState.CANCELLED)) {
            return new Said(part, PartState.ENDED, null);
        }
        if (part.exhausted()) {
            return new Said(part, PartState.MOVED, null);
        }
        if (state == ReplayState.CANARY && Canary.left(connection, part.id()).isEmpty()) {
            return Canary.verdict(connection, part.id())
                    .map(verdict -> new Said(
                            part, verdict.passed() ? PartState.PASSED : PartState.REFUSED, verdict.explanation()))
                    .orElse(new Said(part, PartState.CANARY, null));
        }
        return new Said(part, state == ReplayState.RUNNING ? PartState.MOVING : PartState.CANARY, null);
    }

    /** What the directory is told of a part. */
    private record Said(
            PartRow part, PartState state, @Nullable String reason) {}
}
