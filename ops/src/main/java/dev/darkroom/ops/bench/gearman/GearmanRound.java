package dev.darkroom.ops.bench.gearman;

/**
 * One measured round.
 *
 * @param measure {@code submit}, {@code handout} or {@code both}
 * @param library whether this library did it, or the bare sockets
 * @param rate jobs a second
 * @param readsPerJob system calls of the measuring process
 * @param writesPerJob system calls of the measuring process
 */
record GearmanRound(String measure, boolean library, double rate, double readsPerJob, double writesPerJob) {

    private static final String MARK = "round ";

    /** As a line of the measuring process's output. */
    String line() {
        return MARK + measure + " " + library + " " + rate + " " + readsPerJob + " " + writesPerJob;
    }

    static boolean isLine(String text) {
        return text.startsWith(MARK);
    }

    static GearmanRound parse(String line) {
        String[] words = line.split(" ", -1);
        return new GearmanRound(
                words[1],
                Boolean.parseBoolean(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                Double.parseDouble(words[5]));
    }
}
