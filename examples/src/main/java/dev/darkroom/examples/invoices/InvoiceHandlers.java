package dev.darkroom.examples.invoices;

import dev.darkroom.examples.invoices.InvoiceJobs.MailInvoice;
import dev.darkroom.examples.invoices.InvoiceJobs.Remind;
import dev.darkroom.examples.invoices.PostOffice.PostOfficeClosedException;
import dev.darkroom.jobs.NewJob;
import dev.darkroom.jobs.Outcome;
import dev.darkroom.jobs.run.JobHandlers;
import java.time.Duration;
import java.util.List;

/** What is done for each kind of job. */
final class InvoiceHandlers {

    private final PostOffice post;

    private InvoiceHandlers(PostOffice post) {
        this.post = post;
    }

    static JobHandlers with(PostOffice post) {
        InvoiceHandlers handlers = new InvoiceHandlers(post);
        return new JobHandlers()
                .add(InvoiceJobs.MAIL, (mail, context) -> handlers.mail(mail))
                .add(InvoiceJobs.REMIND, (remind, context) -> handlers.remind(remind))
                .add(
                        InvoiceJobs.SUM,
                        (sum, context) -> Outcome.done()
                                .writing(transaction -> Invoices.sum(transaction.connection(), sum.customer())));
    }

    /** The letter's key makes a second run harmless; the mark and the reminder commit with the end of the job. */
    private Outcome mail(MailInvoice mail) {
        try {
            post.deliver("invoice-" + mail.invoice(), "Dear " + mail.customer() + ", please pay.");
        } catch (PostOfficeClosedException e) {
            return Outcome.retry("the post office is closed");
        }
        return Outcome.done()
                .writing(transaction -> Invoices.mailed(transaction.connection(), mail.invoice()))
                .then(List.of(NewJob.after(InvoiceJobs.REMIND_AFTER, new Remind(mail.invoice()))));
    }

    private Outcome remind(Remind remind) {
        try {
            post.deliver("reminder-" + remind.invoice(), "Have you forgotten us?");
            return Outcome.done();
        } catch (PostOfficeClosedException e) {
            return Outcome.snooze(Duration.ofHours(1));
        }
    }
}
