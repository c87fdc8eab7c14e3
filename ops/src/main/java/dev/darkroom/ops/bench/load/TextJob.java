package dev.darkroom.ops.bench.load;

/** With arguments as JSON. */
record TextJob(int number, String text) implements NumberedJob {}
