package dev.darkroom.examples.invoices;

import dev.darkroom.examples.invoices.InvoiceJobs.MailInvoice;
import dev.darkroom.examples.invoices.InvoiceJobs.SumTurnover;
import dev.darkroom.jobs.JobLedger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The program's own tables. */
final class Invoices {

    private static final String WRITE = "INSERT INTO invoice (customer, cents) VALUES (?, ?) RETURNING id";

    private static final String MAILED = "UPDATE invoice SET mailed = true WHERE id = ?";

    private static final String SUM = """
            INSERT INTO turnover (customer, cents)
            SELECT ?, coalesce(sum(cents), 0) FROM invoice WHERE customer = ?
            ON CONFLICT (customer) DO UPDATE SET cents = excluded.cents""";

    private final JobLedger ledger;

    Invoices(JobLedger ledger) {
        this.ledger = ledger;
    }

    /** Writes an invoice and what follows from it: both or neither. */
    long write(String customer, long cents) {
        return ledger.inTransaction(transaction -> {
            long invoice = insert(transaction.connection(), customer, cents);
            transaction.enqueue(new MailInvoice(invoice, customer));
            transaction.enqueue(new SumTurnover(customer));
            return invoice;
        });
    }

    private static long insert(Connection connection, String customer, long cents) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            insert.setString(1, customer);
            insert.setLong(2, cents);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Given with the outcome of a job, so that it is written exactly if that outcome counts. */
    static void mailed(Connection connection, long invoice) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MAILED)) {
            update.setLong(1, invoice);
            update.executeUpdate();
        }
    }

    static void sum(Connection connection, String customer) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(SUM)) {
            upsert.setString(1, customer);
            upsert.setString(2, customer);
            upsert.executeUpdate();
        }
    }

    static void createTables(Connection connection) throws SQLException {
        try (InputStream script = Objects.requireNonNull(Invoices.class.getResourceAsStream("/invoices.sql"));
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The script in the program's own jar cannot be read", e);
        }
    }
}
