package dev.darkroom.workers.runtime;

import dev.darkroom.clock.Pause;
import dev.darkroom.jobs.pulse.LoopWatch;
import dev.darkroom.jobs.pulse.Pulse;
import java.util.Collection;

/** Ends this process when one of its own loops stands still, so that whoever keeps it running starts another. */
public final class StuckProcess {

    /** Exit code (sysexits.h: internal software error). */
    public static final int EXIT_CODE = 70;

    private StuckProcess() {}

    /** @param last what is to be done before, without waiting for anything */
    public static LoopWatch watch(Collection<Pulse> pulses, Runnable last) {
        return new LoopWatch(
                LoopWatch.LONGEST_TURN,
                pulses,
                () -> {
                    last.run();
                    // Shutdown hooks would wait for the loop that stands still.
                    Runtime.getRuntime().halt(EXIT_CODE);
                },
                Pause.SLEEP);
    }
}
