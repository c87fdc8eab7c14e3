package dev.darkroom.jobs.ledger;

/** The lane of probes, one in every job type: a probe waits as the single job of an owner who has no other would. */
public final class ProbeLane {

    /** Begins with a character that no owner's name begins with. */
    public static final String NAME = "\u0001probe";

    private ProbeLane() {}
}
