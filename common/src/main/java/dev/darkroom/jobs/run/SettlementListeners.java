package dev.darkroom.jobs.run;

import dev.darkroom.jobs.flow.CountFlows;
import dev.darkroom.jobs.ledger.SettlementListener;
import dev.darkroom.jobs.probe.AnswerProbes;
import dev.darkroom.jobs.replay.work.ReplaySettlements;
import java.util.List;

/** The parts of the platform that every worker tells of what it settles, in the order in which they write. */
public final class SettlementListeners {

    private SettlementListeners() {}

    public static List<SettlementListener> all() {
        return List.of(new CountFlows(), new ReplaySettlements(), new AnswerProbes());
    }
}
