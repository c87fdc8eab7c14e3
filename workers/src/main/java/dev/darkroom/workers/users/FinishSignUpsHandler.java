package dev.darkroom.workers.users;

import dev.darkroom.jobs.JobContext;
import dev.darkroom.jobs.JobHandler;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.users.FinishSignUps;
import dev.darkroom.users.UnfinishedSignUps;
import java.time.Duration;

/** Finishes or undoes sign-ups that stopped half-way, a hundred in a run. Thread-safe; repeatable. */
public final class FinishSignUpsHandler implements JobHandler<FinishSignUps> {

    /** A sign-up takes seconds; one that is slower finds its name given back and says so. */
    private static final Duration AGE = Duration.ofMinutes(10);

    private final UnfinishedSignUps signUps;
    private final Duration age;

    public FinishSignUpsHandler(UnfinishedSignUps signUps) {
        this(signUps, AGE);
    }

    /** @param age reservations that are younger are left alone */
    FinishSignUpsHandler(UnfinishedSignUps signUps, Duration age) {
        this.signUps = signUps;
        this.age = age;
    }

    @Override
    public Outcome handle(FinishSignUps job, JobContext context) {
        boolean more = signUps.settle(age) == UnfinishedSignUps.BATCH;
        return more ? Outcome.done().then(new FinishSignUps()) : Outcome.done();
    }
}
