package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Breakers and limits of one type, for one pass of the relay. Used by one thread. */
final class HandOutRules implements Admission {

    private final Connection connection;
    private final String type;
    private final HeldBackLanes heldBack;
    private final @Nullable TypeLimit limit;
    private final Map<String, LaneBrake> brakes;

    HandOutRules(Connection connection, String type, HeldBackLanes heldBack, @Nullable TypeLimit limit) {
        this.connection = connection;
        this.type = type;
        this.heldBack = heldBack;
        this.limit = limit;
        this.brakes = heldBack.ofType(type);
    }

    @Override
    public int most() {
        return limit == null ? Integer.MAX_VALUE : limit.most();
    }

    @Override
    public boolean isShut(String lane) {
        LaneBrake brake = brakes.get(lane);
        return (brake != null && !brake.letsOne()) || (limit != null && limit.isFull(lane));
    }

    @Override
    public Admitted admit(List<WaitingJob> jobs) throws SQLException {
        List<WaitingJob> notHeldBack = brakes.isEmpty() ? jobs : heldBack.admit(connection, type, jobs);
        return limit == null || notHeldBack.isEmpty() ? new Admitted(notHeldBack, List.of()) : limit.admit(notHeldBack);
    }
}
