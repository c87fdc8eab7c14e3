package dev.darkroom.ops.bench;

/**
 * What {@code bench jobs} measured; rates are jobs or rows a second.
 *
 * @param done jobs that the workers say they have done
 * @param drainRate between 10 % and 90 % drained
 * @param bareInsertRate the same rows by a bare client
 * @param bareDeleteRate the same rows by a bare client
 */
record JobsResult(long done, double enqueueRate, double drainRate, double bareInsertRate, double bareDeleteRate) {}
