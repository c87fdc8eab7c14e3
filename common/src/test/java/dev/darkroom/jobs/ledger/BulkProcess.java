package dev.darkroom.jobs.ledger;

import dev.darkroom.jobs.NewBulk;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.TestJobs;
import dev.darkroom.jobs.TestJobs.Step;
import java.time.Duration;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/** Enqueues so many jobs, every tenth for later, from a process of its own, whose heap is small. */
final class BulkProcess {

    private BulkProcess() {}

    /** @param arguments the address of the database, and how many jobs */
    public static void main(String[] arguments) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(arguments[0]);
        Ledger ledger = new Ledger(1, source, TestJobs.TYPES, DirectSubmission.NONE);
        long enqueued = ledger.enqueueAll(NewBulk.named(
                "test.process",
                IntStream.range(0, Integer.parseInt(arguments[1]))
                        .mapToObj(BulkProcess::job)
                        .iterator()));
        System.out.println(enqueued);
    }

    private static NewJob job(int number) {
        Step step = new Step("owner " + number % 100, number);
        return number % 10 == 0 ? NewJob.after(Duration.ofHours(1), step) : NewJob.now(step);
    }
}
