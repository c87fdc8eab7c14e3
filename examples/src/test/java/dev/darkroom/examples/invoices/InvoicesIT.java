package dev.darkroom.examples.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.examples.invoices.InvoiceJobs.MailInvoice;
import dev.darkroom.examples.invoices.InvoiceJobs.Remind;
import dev.darkroom.examples.invoices.InvoiceJobs.SumTurnover;
import dev.darkroom.examples.invoices.PostOffice.PostOfficeClosedException;
import dev.darkroom.jobs.testing.GoldenJob;
import dev.darkroom.jobs.testing.JobKit;
import dev.darkroom.testing.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvoicesIT {

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final List<String> letters = new ArrayList<>();
    private boolean closed;
    private Connection connection;
    private JobKit kit;
    private Invoices invoices;

    @BeforeEach
    void begin() throws SQLException {
        connection = POSTGRES.dataSource().getConnection();
        Invoices.createTables(connection);
        connection.createStatement().execute("TRUNCATE invoice, turnover");
        PostOffice post = (key, letter) -> {
            if (closed) {
                throw new PostOfficeClosedException();
            }
            letters.add(key);
        };
        kit = new JobKit(InvoiceJobs.TYPES, InvoiceHandlers.with(post), () -> connection);
        invoices = new Invoices(kit.ledger());
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
    }

    @Test
    void an_invoice_is_mailed_once_and_its_customer_reminded_after_two_weeks() throws SQLException {
        long invoice = invoices.write("ana", 995);
        kit.drain();

        kit.jobs()
                .done(new MailInvoice(invoice, "ana"))
                .waiting(new Remind(invoice))
                .dueIn(InvoiceJobs.REMIND_AFTER, new Remind(invoice));
        assertThat(one("SELECT mailed FROM invoice WHERE id = " + invoice)).isEqualTo("t");
        kit.advance(InvoiceJobs.REMIND_AFTER).drain();
        assertThat(letters).containsExactly("invoice-" + invoice, "reminder-" + invoice);
    }

    @Test
    void while_the_post_office_is_closed_an_invoice_is_not_mailed_a_second_time_in_parallel() throws SQLException {
        closed = true;
        long invoice = invoices.write("ana", 995);
        kit.drain();
        assertThat(kit.enqueue(new MailInvoice(invoice, "ana")).accepted()).isFalse();
        assertThat(one("SELECT mailed FROM invoice WHERE id = " + invoice)).isEqualTo("f");

        closed = false;
        kit.drainNext();

        assertThat(letters).containsExactly("invoice-" + invoice);
    }

    @Test
    void an_invoice_that_cannot_be_mailed_is_kept_with_its_reason() {
        closed = true;
        long invoice = invoices.write("ana", 995);
        while (kit.failed().isEmpty()) {
            kit.drainNext();
        }

        kit.jobs().failed(new MailInvoice(invoice, "ana"), "the post office is closed");
    }

    @Test
    void a_reminder_a_week_late_is_not_sent() {
        long invoice = invoices.write("ana", 995);
        kit.drain();
        kit.advance(InvoiceJobs.REMIND_AFTER.plusDays(7)).drain();

        kit.jobs().discarded(new Remind(invoice), "deadline").nothingWaits();
    }

    @Test
    void many_invoices_are_summed_up_once() throws SQLException {
        for (int i = 0; i < 10; i++) {
            invoices.write("ana", 100);
        }
        kit.drain();

        assertThat(kit.runs())
                .filteredOn(run -> run.job().equals(new SumTurnover("ana")))
                .hasSize(1);
        assertThat(one("SELECT cents FROM turnover WHERE customer = 'ana'")).isEqualTo("1000");
    }

    @Test
    void stored_jobs_stay_readable() {
        GoldenJob.assertOnRecord(InvoiceJobs.MAIL, new MailInvoice(7, "ana"));
        GoldenJob.assertOnRecord(InvoiceJobs.REMIND, new Remind(7));
        GoldenJob.assertOnRecord(InvoiceJobs.SUM, new SumTurnover("ana"));
    }

    @Test
    void the_program_mails_all_that_it_has_written() throws SQLException {
        assertThat(InvoicesMain.run("--jdbc", POSTGRES.jdbcUrl(), "--invoices", "30"))
                .isZero();

        assertThat(one("SELECT count(*) FROM invoice WHERE mailed")).isEqualTo("30");
        assertThat(one("SELECT count(*) FROM jobs.later_job WHERE type = 'invoice.remind'"))
                .isEqualTo("30");
    }

    private String one(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
