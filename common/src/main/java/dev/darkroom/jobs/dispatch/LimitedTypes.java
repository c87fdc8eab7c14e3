package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobLimits;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.ledger.ProbeLane;
import dev.darkroom.jobs.limit.FallingBack;
import dev.darkroom.jobs.limit.OwnShare;
import dev.darkroom.jobs.limit.SharedPermits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of one database whose hand-out is limited. Costs nothing while there are none. Used by one thread. */
final class LimitedTypes {

    private final RelayLimits limits;
    private final @Nullable FallingBack fallingBack;
    private final SharedPermits permits;
    private final String relay;
    private final Map<String, TypeLimit> byType = new HashMap<>();
    private final Periodic renewal = new Periodic(Duration.ofSeconds(1));

    LimitedTypes(RelayLimits limits) {
        this.limits = limits;
        OwnShare ownShare = limits.ownShare();
        this.fallingBack = limits.shared() == null ? null : new FallingBack(limits.shared(), ownShare);
        this.permits = fallingBack == null ? ownShare : fallingBack;
        this.relay = Integer.toString(limits.place());
    }

    /** @param byHand what people have set, which goes before the types' code */
    void set(Map<String, JobLimits> byHand) {
        Map<String, JobLimits> inForce = new HashMap<>();
        for (JobType<?> type : limits.types().all()) {
            inForce.put(type.name(), type.limits());
        }
        inForce.putAll(byHand);
        inForce.values().removeIf(JobLimits::isNone);
        byType.keySet().retainAll(inForce.keySet());
        inForce.forEach((type, limit) -> {
            TypeLimit known = byType.get(type);
            if (known == null || !known.limits().equals(limit)) {
                byType.put(type, new TypeLimit(type, limit, permits, relay));
            }
        });
    }

    @Nullable
    TypeLimit of(String type) {
        return byType.get(type);
    }

    /** Whether this relay lets out its own share, since what all share is away. */
    boolean byOwnShare(String type) {
        return fallingBack != null && fallingBack.isAway() && byType.containsKey(type);
    }

    /** Finds out which jobs of types whose jobs are counted have ended. */
    void refresh(Connection connection, Function<String, TypeDispatch> dispatches, Map<String, Broker.Load> loads)
            throws SQLException {
        boolean renew = renewal.isDue();
        for (Map.Entry<String, TypeLimit> type : byType.entrySet()) {
            if (type.getValue().limits().countsJobs()) {
                Map<String, Integer> still = ForgetEnded.of(connection, dispatches.apply(type.getKey()), lane -> true);
                Integer probes = still.remove(ProbeLane.NAME);
                long inServers =
                        loads.getOrDefault(type.getKey(), Broker.Load.NONE).total();
                type.getValue().hold(still, inServers - (probes == null ? 0 : probes));
                if (renew) {
                    type.getValue().sayWhatIsHeld();
                }
            }
        }
    }
}
