package dev.darkroom.gearman.interop;

import dev.darkroom.gearman.ServerAddress;

/**
 * A worker of some library, which does four functions: {@code reverse} gives the payload back from its end to its start;
 * {@code updates} sends progress, data, a warning, and progress again, then {@code whole}; {@code exception} ends with the
 * exception {@code broken}; {@code fail} fails.
 */
interface Doer {

    /** Skips the test where the library is missing. */
    void require();

    /** Starts a worker whose functions' names start with the prefix. */
    AutoCloseable start(ServerAddress server, String prefix);
}
