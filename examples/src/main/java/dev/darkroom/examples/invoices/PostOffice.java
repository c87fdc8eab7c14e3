package dev.darkroom.examples.invoices;

/** Where mail goes; it may be given one letter twice, and delivers it once. */
@FunctionalInterface
interface PostOffice {

    /**
     * Hands a letter over.
     *
     * @param key the same for the same letter
     * @throws PostOfficeClosedException if it should be tried later
     */
    void deliver(String key, String letter) throws PostOfficeClosedException;

    /** Expected now and then, so that it is an outcome and not a failure of the program. */
    final class PostOfficeClosedException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
