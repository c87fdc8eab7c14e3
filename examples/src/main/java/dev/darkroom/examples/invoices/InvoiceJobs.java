package dev.darkroom.examples.invoices;

import dev.darkroom.jobs.Job;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.Priority;
import dev.darkroom.jobs.RetryPolicy;
import dev.darkroom.jobs.UniqueKey;
import java.time.Duration;

/** The jobs, and how each kind is treated. */
final class InvoiceJobs {

    /** Mail an invoice to its customer. The lane is the customer: one with a million invoices delays nobody else. */
    record MailInvoice(long invoice, String customer) implements Job {}

    /** Remind the customer of an invoice, if that is not too late to be of use. */
    record Remind(long invoice) implements Job {}

    /** Add up what a customer has been billed; asked for at every invoice, done once for all that came meanwhile. */
    record SumTurnover(String customer) implements Job {}

    static final Duration REMIND_AFTER = Duration.ofDays(14);

    static final JobType<MailInvoice> MAIL = JobType.named("invoice.mail", MailInvoice.class)
            .lane(MailInvoice::customer)
            .unique(UniqueKey.untilDone(mail -> Long.toString(mail.invoice())))
            .retry(new RetryPolicy(5, Duration.ofMillis(100), Duration.ofMinutes(5)))
            .timeout(Duration.ofSeconds(30))
            .build();

    static final JobType<Remind> REMIND = JobType.named("invoice.remind", Remind.class)
            .priority(remind -> Priority.LOW)
            .expiresAfter(Duration.ofDays(7))
            .build();

    static final JobType<SumTurnover> SUM = JobType.named("invoice.sum", SumTurnover.class)
            .unique(UniqueKey.whileWaiting(SumTurnover::customer))
            .build();

    static final JobTypes TYPES = JobTypes.of(MAIL, REMIND, SUM);

    private InvoiceJobs() {}
}
