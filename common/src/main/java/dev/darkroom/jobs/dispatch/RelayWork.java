package dev.darkroom.jobs.dispatch;

import java.util.List;

/**
 * What the active relay of a database does beside filling windows.
 *
 * @param duties done now and then, on a thread of their own
 * @param limits kept when handing out
 */
public record RelayWork(List<RelayDuty> duties, RelayLimits limits) {

    /** Nothing more. */
    public static final RelayWork NONE = new RelayWork(List.of(), RelayLimits.NONE);

    public RelayWork {
        duties = List.copyOf(duties);
    }
}
