package dev.darkroom.ops.killtest.effects;

import dev.darkroom.jobs.Outcome;

/** What a job does in the world. Thread-safe; may be asked for again after any crash. */
interface Effect {

    Outcome take(JobKey key) throws Exception;
}
