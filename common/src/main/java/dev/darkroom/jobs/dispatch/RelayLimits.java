package dev.darkroom.jobs.dispatch;

import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.limit.OwnShare;
import dev.darkroom.jobs.limit.SharedPermits;
import org.jspecify.annotations.Nullable;

/**
 * What a relay needs to know of limits.
 *
 * @param types whose code has limits; what people have set goes before, also for types that are not among these
 * @param shared through which the relays of several databases share them; null for a database that is alone
 * @param place of the relay's database among all, from 0
 * @param databases how many there are
 */
public record RelayLimits(JobTypes types, @Nullable SharedPermits shared, int place, int databases) {

    /** A database that is alone, and types whose code is not known here. */
    public static final RelayLimits NONE = alone(JobTypes.of());

    public static RelayLimits alone(JobTypes types) {
        return new RelayLimits(types, null, 0, 1);
    }

    OwnShare ownShare() {
        return new OwnShare(place, databases);
    }
}
