package dev.darkroom.jobs.testing;

import dev.darkroom.jobs.JobLedger;
import dev.darkroom.jobs.run.JobHandlers;
import java.time.Duration;
import java.util.List;

class MemoryLedgerContractTest extends LedgerContract {

    private JobKit kit = new JobKit(ContractJobs.TYPES, new JobHandlers());

    @Override
    protected JobLedger begin(JobHandlers handlers) {
        kit = new JobKit(ContractJobs.TYPES, handlers);
        return kit.ledger();
    }

    @Override
    protected void drain() {
        kit.drain();
    }

    @Override
    protected void advance(Duration by) {
        kit.advance(by);
    }

    @Override
    protected int waiting() {
        return kit.waiting().size();
    }

    @Override
    protected List<String> failures() {
        return kit.failed().stream().map(KitJob::reason).toList();
    }
}
