package dev.darkroom.ops.system;

/**
 * One process of the system, by what it takes to have it running.
 *
 * @param name unique in the system; its log is named after it
 * @param start called again whenever the part has died
 */
record Part(String name, Stage stage, Start start) {

    /** Starts the part and returns when it is ready. */
    @FunctionalInterface
    interface Start {

        /** @throws RuntimeException when it does not become ready; then nothing of it is left running */
        RunningPart start();
    }
}
