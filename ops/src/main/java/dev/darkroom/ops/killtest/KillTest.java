package dev.darkroom.ops.killtest;

import dev.darkroom.clock.Pause;
import dev.darkroom.ops.killtest.faults.Faults;
import dev.darkroom.ops.killtest.judge.Judge;
import dev.darkroom.ops.killtest.judge.Verdict;
import dev.darkroom.ops.killtest.parts.Part;
import dev.darkroom.ops.killtest.parts.Role;
import dev.darkroom.ops.killtest.parts.TestSystem;
import dev.darkroom.ops.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** The steps of a kill test: start, produce and kill, come to rest, judge. */
final class KillTest {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Without any new job for so long there will not be enough. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KillTestOptions options;
    private final Progress progress;
    private final Path folder;

    /** @param folder for data and logs; empty or missing */
    KillTest(KillTestOptions options, Progress progress, Path folder) {
        this.options = options;
        this.progress = progress;
        this.folder = folder;
    }

    KillTestReport run() throws SQLException, IOException, InterruptedException {
        long start = System.nanoTime();
        try (TestSystem system = TestSystem.start(folder, options.seed(), options.sabotage())) {
            LedgerWatch watch = new LedgerWatch(system.jdbcUrl());
            Faults faults = new Faults(system.parts(), options.interval(), options.kills(), new Random(options.seed()));
            awaitFirstJobs(watch);
            if (options.kills() > 0) {
                faults.start();
            }
            produce(watch, faults);
            faults.end();
            for (Part part : system.parts()) {
                if (part.role() == Role.PRODUCER) {
                    part.end();
                }
            }
            Quiescence.await(watch, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            progress.say("judging");
            Verdict verdict = Judge.judge(
                    system.jdbcUrl(),
                    system.redis(),
                    system.remotePort(),
                    folder,
                    faults.log().faults());
            return new KillTestReport(options, system.description(), verdict, faults.log(), seconds, folder);
        }
    }

    /** Until every process has come up nothing is killed: what would be tested is the start. */
    private static void awaitFirstJobs(LedgerWatch watch) throws InterruptedException {
        long begin = System.nanoTime();
        while (watch.look().map(LedgerWatch.Depth::committed).orElse(0L) == 0
                && System.nanoTime() - begin < PATIENCE.toNanos()) {
            Pause.SLEEP.pause(LOOK);
        }
    }

    private void produce(LedgerWatch watch, Faults faults) throws InterruptedException {
        long begin = System.nanoTime();
        long moved = begin;
        long committed = 0;
        try (Progress.Bar bar = progress.begin("jobs", options.jobs())) {
            while (!isEnough(System.nanoTime() - begin, committed, faults.log().kills())
                    && System.nanoTime() - moved < PATIENCE.toNanos()) {
                Pause.SLEEP.pause(LOOK);
                Optional<LedgerWatch.Depth> depth = watch.look();
                if (depth.isPresent() && depth.get().committed() > committed) {
                    committed = depth.get().committed();
                    moved = System.nanoTime();
                }
                bar.at(committed, options.jobs(), note(faults, depth));
            }
        }
    }

    private boolean isEnough(long nanos, long committed, int kills) {
        return options.time()
                .map(time -> nanos >= time.toNanos())
                .orElse(committed >= options.jobs() && kills >= options.kills());
    }

    private String note(Faults faults, Optional<LedgerWatch.Depth> depth) {
        String waiting = depth.map(now -> now.due() + now.later() + " waiting").orElse("no database");
        return faults.log().kills() + "/" + options.kills() + " kills, " + waiting;
    }
}
