package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.CommitUnknownException;
import dev.darkroom.jobs.JobException;
import java.util.Map;

/** Whether a batch was settled is not known: the connection broke during its commit. Settling it again tells. */
public final class SettlementUnknownException extends JobException {

    private static final long serialVersionUID = 1L;

    private final transient Map<Long, Settlement> perhaps;

    SettlementUnknownException(Map<Long, Settlement> perhaps, CommitUnknownException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.perhaps = Map.copyOf(perhaps);
    }

    /** What became of each job, by its id, if the commit took place. */
    public Map<Long, Settlement> perhaps() {
        return perhaps;
    }
}
