package dev.darkroom.jobs.run;

import dev.darkroom.gearman.worker.AssignedJob;
import dev.darkroom.jobs.ledger.FinishedJob;
import dev.darkroom.jobs.ledger.Settlement;
import dev.darkroom.jobs.pulse.Pulse;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Settles what has ended, in batches of whatever has gathered while the last batch was committed (group commit without any
 * lingering), and then acknowledges it to Gearman: never before its effect is recorded. One thread.
 */
final class Completer implements Runnable {

    /** Beyond a thousand rows a transaction nothing is gained (docs/performance.md). */
    private static final int LARGEST_BATCH = 1_000;

    private static final long IDLE_MILLIS = 500;

    private final Map<Integer, Settler> settlers;
    private final Map<Integer, RunTally> tallies;
    private final JobListeners listeners;
    private final Listener listener;
    private final Pulse pulse;
    private final BlockingQueue<EndedJob> ended = new LinkedBlockingQueue<>();
    private volatile boolean finishing;

    /** Hears of what was settled, on the completing thread. */
    interface Listener {

        /**
         * @param done recorded in the ledger, to be acknowledged
         * @param unsettled could not be recorded: Gearman may forget them, their leases bring them back
         */
        void settled(List<AssignedJob> done, List<AssignedJob> unsettled);

        void batchEnded(List<EndedJob> batch);
    }

    /**
     * @param listeners hear of each job before it is acknowledged
     * @param pulse beats with each turn, as it does with each of the settlers'
     */
    Completer(
            Map<Integer, Settler> settlers,
            Map<Integer, RunTally> tallies,
            JobListeners listeners,
            Listener listener,
            Pulse pulse) {
        this.pulse = pulse;
        this.settlers = settlers;
        this.tallies = tallies;
        this.listeners = listeners;
        this.listener = listener;
    }

    void add(EndedJob job) {
        ended.add(job);
    }

    /** Settles what is there, then ends the thread. */
    void finish() {
        finishing = true;
    }

    @Override
    public void run() {
        List<EndedJob> batch = new ArrayList<>(LARGEST_BATCH);
        try {
            while (!finishing || !ended.isEmpty()) {
                pulse.beat();
                EndedJob first = ended.poll(finishing ? 1 : IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    ended.drainTo(batch, LARGEST_BATCH - 1);
                    settle(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pulse.end();
        }
    }

    private void settle(List<EndedJob> batch) throws InterruptedException {
        int first = batch.get(0).held().database();
        if (areAllOf(first, batch)) {
            settleInTurn(first, batch);
        } else {
            Map<Integer, List<EndedJob>> byDatabase = batch.stream()
                    .collect(Collectors.groupingBy(job -> job.held().database()));
            for (Map.Entry<Integer, List<EndedJob>> jobs : byDatabase.entrySet()) {
                settleInTurn(jobs.getKey(), jobs.getValue());
            }
        }
        listener.batchEnded(batch);
    }

    private static boolean areAllOf(int database, List<EndedJob> batch) {
        for (EndedJob job : batch) {
            if (job.held().database() != database) {
                return false;
            }
        }
        return true;
    }

    /** Of two runs of one job each has its own transaction, so that the second finds what the first has made of the row. */
    private void settleInTurn(int database, List<EndedJob> jobs) throws InterruptedException {
        LongSet ids = new LongOpenHashSet(jobs.size());
        List<EndedJob> first = new ArrayList<>(jobs.size());
        List<EndedJob> repeated = new ArrayList<>();
        for (EndedJob job : jobs) {
            (ids.add(job.finished().id()) ? first : repeated).add(job);
        }
        settle(database, first);
        if (!repeated.isEmpty()) {
            settleInTurn(database, repeated);
        }
    }

    private void settle(int database, List<EndedJob> jobs) throws InterruptedException {
        Settler settler = settlers.get(database);
        RunTally tally = tallies.get(database);
        if (settler == null || tally == null) {
            throw new IllegalStateException("A job of the unknown database " + database + " was run");
        }
        List<FinishedJob> finished = new ArrayList<>(jobs.size());
        for (EndedJob job : jobs) {
            finished.add(job.finished());
        }
        Map<Long, Settlement> settled = settler.settle(finished);
        List<AssignedJob> done = new ArrayList<>(jobs.size());
        List<AssignedJob> unsettled = new ArrayList<>();
        for (EndedJob job : jobs) {
            Settlement settlement = settled.get(job.finished().id());
            if (settlement == null) {
                tally.abandoned(job.finished().id());
                unsettled.add(job.held().assigned());
            } else if (job.isProbe()) {
                tally.abandoned(job.finished().id());
                done.add(job.held().assigned());
            } else {
                tally.settled(job.finished().id(), job.finished().type().name(), settlement, job.micros());
                done.add(job.held().assigned());
                listeners.settled(job, settlement);
            }
        }
        listener.settled(done, unsettled);
    }
}
