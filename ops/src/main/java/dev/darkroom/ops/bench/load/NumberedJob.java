package dev.darkroom.ops.bench.load;

import dev.darkroom.jobs.Job;

/** A job of which nothing is asked, with a number that its lane and its key are made of. */
interface NumberedJob extends Job {

    int number();
}
