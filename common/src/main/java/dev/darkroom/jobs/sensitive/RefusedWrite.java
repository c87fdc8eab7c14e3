package dev.darkroom.jobs.sensitive;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a database refused, without the values that it refused: PostgreSQL shows the whole row, and libraries the arguments of
 * the statement, and some of them may be sensitive.
 */
public final class RefusedWrite extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Data exceptions quote what cannot be read as a number, a time and so on; others quote names of tables. */
    private static final String DATA = "22";

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private RefusedWrite(String message) {
        super(message);
    }

    /** The error as it may be kept and logged: itself, if no database's error is among its causes. */
    public static Throwable shown(Throwable error) {
        SQLException refusal = refusal(error);
        if (refusal == null) {
            return error;
        }
        RefusedWrite shown = new RefusedWrite(message(refusal));
        shown.setStackTrace(refusal.getStackTrace());
        return shown;
    }

    private static String message(SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        // What follows on further lines is the detail: keys and rows.
        String first = String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
        String text = state.startsWith(DATA) ? QUOTED.matcher(first).replaceAll("\"" + Masked.STARS + "\"") : first;
        return "SQLSTATE " + state + ": " + text;
    }

    private static @Nullable SQLException refusal(Throwable error) {
        SQLException found = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }
}
