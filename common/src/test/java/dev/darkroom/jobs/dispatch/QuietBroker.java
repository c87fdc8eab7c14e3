package dev.darkroom.jobs.dispatch;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Servers that are there or not, lose or take what is submitted, know some turns of jobs, and are asked for nothing else. */
final class QuietBroker implements Broker {

    private final Set<String> known = new HashSet<>();
    private boolean connected = true;
    private boolean takes;

    void know(long id, int turn) {
        known.add(JobEnvelope.uniqueKey(id, turn));
    }

    /** From now on nothing that is submitted is lost. */
    QuietBroker taking() {
        takes = true;
        return this;
    }

    void goAway() {
        connected = false;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void submit(List<Outgoing> jobs, Answers answers) {
        if (takes) {
            jobs.forEach(answers::taken);
        } else {
            jobs.forEach(job -> answers.lost(job, new IllegalStateException("This one submits nothing")));
        }
    }

    @Override
    public CompletionStage<Boolean> knows(long id, int turn) {
        return CompletableFuture.completedFuture(known.contains(JobEnvelope.uniqueKey(id, turn)));
    }

    @Override
    public Map<String, Load> loads() {
        throw new AssertionError("asked");
    }
}
