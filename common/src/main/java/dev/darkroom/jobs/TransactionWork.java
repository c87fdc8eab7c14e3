package dev.darkroom.jobs;

import java.sql.SQLException;

/** What is done in one transaction of a ledger's database. Whatever it throws rolls the transaction back. */
@FunctionalInterface
public interface TransactionWork<T extends @org.jspecify.annotations.Nullable Object> {

    T run(JobTransaction transaction) throws SQLException;
}
