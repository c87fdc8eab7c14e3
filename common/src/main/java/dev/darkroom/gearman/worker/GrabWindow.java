package dev.darkroom.gearman.worker;

/**
 * How many grabs one connection keeps in flight. Starts small and doubles per round trip while jobs come, so that a job
 * arriving at an idle worker costs two grabs and not thousands; when the queue runs dry it shrinks to what the last
 * burst brought. Lives on the event loop.
 */
final class GrabWindow {

    private static final int FIRST = 4;

    private int size = FIRST;
    private int inFlight;
    private int broughtSinceDry;
    private boolean dry;

    /** How many more grabs may be sent. */
    int open() {
        return dry ? 0 : Math.max(0, size - inFlight);
    }

    int inFlight() {
        return inFlight;
    }

    /** Whether the server said that it has nothing, and no grab since then says otherwise. */
    boolean isDry() {
        return dry;
    }

    void sent(int grabs) {
        inFlight += grabs;
    }

    void broughtJob(int capacity) {
        inFlight--;
        dry = false;
        broughtSinceDry++;
        if (size < capacity) {
            size++;
        }
    }

    void broughtNothing() {
        inFlight--;
        if (!dry) {
            dry = true;
            size = Math.max(1, Math.min(size, broughtSinceDry));
            broughtSinceDry = 0;
        }
    }

    /** There may be jobs again. */
    void wake() {
        dry = false;
    }
}
