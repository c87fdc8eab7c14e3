package dev.darkroom.jobs.ledger;

/** Why a job failed whose process died each time it ran. In place of a stack it has the evidence. */
public final class WorkerDiedException extends RuntimeException {

    /** What the failed table says in place of a class. */
    public static final String LABEL = "worker died";

    private static final long serialVersionUID = 1L;

    private final String evidence;

    /** @param evidence lines that say which processes died when, and what they left behind */
    public WorkerDiedException(String message, String evidence) {
        super(message, null, false, false);
        this.evidence = evidence;
    }

    String evidence() {
        return evidence;
    }
}
