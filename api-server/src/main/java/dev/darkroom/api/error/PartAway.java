package dev.darkroom.api.error;

import dev.darkroom.feeds.FeedsBusyException;
import dev.darkroom.media.StorageUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database or another server that cannot be reached from a defect of ours, by the causes of a failure. */
final class PartAway {

    /** SQLSTATE classes (PostgreSQL manual, appendix A): connection, insufficient resources, operator intervention. */
    private static final Set<String> SQL_STATE_CLASSES = Set.of("08", "53", "57");

    private static final int LONGEST_CHAIN = 20;

    private PartAway() {}

    static boolean isCauseOf(Throwable failure) {
        return causes(failure).stream().anyMatch(PartAway::saysSo);
    }

    /** The failure and its causes as one line of class names and messages, for the log. */
    static String describe(Throwable failure) {
        return String.join(
                " <- ", causes(failure).stream().map(Throwable::toString).toList());
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        @Nullable Throwable next = failure;
        while (next != null && chain.size() < LONGEST_CHAIN) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }

    private static boolean saysSo(Throwable cause) {
        if (cause instanceof SQLException sql) {
            String state = sql.getSQLState();
            return cause instanceof SQLTransientException
                    || cause instanceof SQLNonTransientConnectionException
                    || (state != null && state.length() == 5 && SQL_STATE_CLASSES.contains(state.substring(0, 2)));
        }
        return cause instanceof StorageUnreachableException
                || cause instanceof FeedsBusyException
                || cause instanceof SocketException
                || cause instanceof SocketTimeoutException;
    }
}
