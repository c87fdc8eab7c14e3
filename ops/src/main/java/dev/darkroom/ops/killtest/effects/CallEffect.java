package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls a service that counts every call. The intent is recorded first. Who finds an intent waits until the call that it
 * stands for can no longer be accepted (a call carries its time, and the service refuses an old one, as services with signed
 * requests do), then looks, and calls only if nothing is there. So a process that was stopped between its intent and its call
 * cannot add a second one when it goes on.
 */
final class CallEffect implements Effect {

    /** Longer than a call is accepted. */
    private static final Duration SETTLED = RemoteService.ACCEPTED.plusSeconds(1);

    private final Intents intents;
    private final RemoteClient remote;

    CallEffect(Intents intents, RemoteClient remote) {
        this.intents = intents;
        this.remote = remote;
    }

    @Override
    public Outcome take(JobKey key) throws SQLException, IOException, InterruptedException {
        Optional<Intents.Intent> first = intents.record(key);
        return first.isPresent() ? call(key, first.get()) : lookFirst(key);
    }

    private Outcome lookFirst(JobKey key) throws SQLException, IOException, InterruptedException {
        Intents.Intent earlier = intents.find(key);
        long left = SETTLED.toMillis() - earlier.age();
        if (left > 0) {
            return Outcome.snooze(Duration.ofMillis(left));
        }
        if (remote.calls(key) > 0) {
            return Outcome.done();
        }
        Optional<Intents.Intent> renewed = intents.renew(key, earlier);
        return renewed.isPresent() ? call(key, renewed.get()) : Outcome.snooze(SETTLED);
    }

    /** Without an answer, or too late, a later run looks. */
    private Outcome call(JobKey key, Intents.Intent intent) throws InterruptedException {
        return remote.call(key, intent.at()) ? Outcome.done() : Outcome.snooze(SETTLED);
    }
}
