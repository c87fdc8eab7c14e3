package dev.darkroom.jobs.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
        return (brake != null && brake.most() == 0) || (limit != null && limit.isFull(lane));
    }

    /** The limit is asked before a breaker's probe is taken: one that the limit cuts would be missing until the next is due. */
    @Override
    public Admitted admit(List<WaitingJob> jobs) throws SQLException {
        Admitted withinLimit = withinLimit(brakes.isEmpty() ? jobs : heldBack.notHeldBack(type, jobs));
        if (brakes.isEmpty()) {
            return withinLimit;
        }
        List<WaitingJob> taken = heldBack.take(connection, type, withinLimit.jobs());
        if (limit != null && taken.size() < withinLimit.jobs().size()) {
            limit.giveBack(withinLimit.jobs().stream()
                    .filter(job -> !taken.contains(job))
                    .toList());
        }
        return new Admitted(taken, withinLimit.cut());
    }

    private Admitted withinLimit(List<WaitingJob> jobs) {
        return limit == null || jobs.isEmpty() ? new Admitted(jobs, List.of()) : withoutPermitsForProbes(limit, jobs);
    }

    private static Admitted withoutPermitsForProbes(TypeLimit limit, List<WaitingJob> jobs) {
        List<WaitingJob> counted = jobs.stream().filter(job -> !job.isProbe()).toList();
        Admitted admitted = counted.isEmpty() ? new Admitted(List.of(), List.of()) : limit.admit(counted);
        if (counted.size() == jobs.size()) {
            return admitted;
        }
        List<WaitingJob> all = new ArrayList<>(admitted.jobs());
        jobs.stream().filter(WaitingJob::isProbe).forEach(all::add);
        return new Admitted(all, admitted.cut());
    }
}
