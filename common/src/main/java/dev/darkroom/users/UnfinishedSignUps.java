package dev.darkroom.users;

import dev.darkroom.shards.Shards;
import java.time.Duration;
import java.util.List;

/** Finishes sign-ups that stopped half-way: confirms the name if the account was written, gives it back if not. */
public final class UnfinishedSignUps {

    /** The most that are settled at once. */
    public static final int BATCH = 100;

    private final UserNames names;
    private final UserStore users;

    public UnfinishedSignUps(Shards shards) {
        this.names = new UserNames(shards.directory());
        this.users = new UserStore(shards);
    }

    /**
     * Settles up to a hundred of the oldest reservations.
     *
     * @param age those younger are left alone: their sign-up may be under way
     * @return how many were settled; when a hundred, there may be more
     */
    public int settle(Duration age) {
        List<UserNames.Reservation> abandoned = names.abandoned(age, BATCH);
        for (UserNames.Reservation reservation : abandoned) {
            if (users.find(reservation.id()).isPresent()) {
                names.confirm(reservation.username(), reservation.id());
            } else {
                names.drop(reservation.username(), reservation.id());
            }
        }
        return abandoned.size();
    }
}
