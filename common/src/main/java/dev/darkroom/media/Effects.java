package dev.darkroom.media;

import dev.darkroom.jobs.CompletionWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes how far the effects of a media are, in the transaction that completes the job which got them there: each one
 * statement, on the database of the media.
 */
public final class Effects {

    private static final String READY = """
            WITH shown AS (
              UPDATE %1$s.media SET state = 1, version = version + 1 WHERE id = ? AND state = 0 RETURNING id)
            UPDATE %1$s.effect e SET state = 2, at = clock_timestamp()
            FROM shown WHERE e.media_id = shown.id AND e.kind = 0""";

    private static final String REFUSED = """
            WITH refused AS (
              UPDATE %1$s.media SET state = 2, refusal = ?, version = version + 1
              WHERE id = ? AND state = 0 RETURNING id, owner, deleted_at, refusal),
            counted AS (
              UPDATE %1$s.account_count c SET media = c.media - 1
              FROM refused WHERE c.user_id = refused.owner AND refused.deleted_at IS NULL)
            UPDATE %1$s.effect e SET state = 3, error = refused.refusal, at = clock_timestamp()
            FROM refused WHERE e.media_id = refused.id AND e.state < 2""";

    private static final String PLANNED = """
            UPDATE %1$s.effect SET m = ?, state = CASE WHEN n >= ? THEN 2 ELSE 1 END, at = clock_timestamp()
            WHERE media_id = ? AND kind = ?""";

    private static final String ADVANCED = """
            UPDATE %1$s.effect
            SET n = n + ?, state = CASE WHEN n + ? >= m THEN 2 WHEN state = 3 THEN 3 ELSE 1 END,
                error = CASE WHEN n + ? < m THEN error END, at = clock_timestamp()
            WHERE media_id = ? AND kind = ?""";

    private static final String INCOMPLETE = """
            UPDATE %1$s.effect SET state = 3, error = ?, at = clock_timestamp()
            WHERE media_id = ? AND kind = ? AND n < m""";

    private static final String FAILED = """
            UPDATE %1$s.effect SET state = 3, error = ?, at = clock_timestamp() WHERE media_id = ? AND kind = ?""";

    private Effects() {}

    /** The effect consists of so many parts, none of which is done; with none at all it is done. */
    public static CompletionWrite planned(MediaId media, EffectKind kind, int total) {
        return transaction ->
                execute(transaction.connection(), PLANNED, media, total, total, media.value(), kind.code());
    }

    /** So many more parts are done; with the last of them the effect is, whatever was said of others that had failed. */
    public static CompletionWrite advanced(MediaId media, EffectKind kind, int parts) {
        return transaction ->
                execute(transaction.connection(), ADVANCED, media, parts, parts, parts, media.value(), kind.code());
    }

    /**
     * Parts have failed: the effect has, unless those have been made up for in the meantime.
     *
     * @param error for the owner
     */
    public static CompletionWrite incomplete(MediaId media, EffectKind kind, String error) {
        return transaction -> execute(transaction.connection(), INCOMPLETE, media, error, media.value(), kind.code());
    }

    /**
     * The effect will not happen.
     *
     * @param error for the owner
     */
    public static CompletionWrite failed(MediaId media, EffectKind kind, String error) {
        return transaction -> execute(transaction.connection(), FAILED, media, error, media.value(), kind.code());
    }

    static void writeReady(Connection connection, MediaId media) throws SQLException {
        execute(connection, READY, media, media.value());
    }

    static void writeRefused(Connection connection, MediaId media, String reason) throws SQLException {
        execute(connection, REFUSED, media, reason, media.value());
    }

    private static void execute(Connection connection, String statement, MediaId media, Object... parameters)
            throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement(statement.formatted(media.shard().schema()))) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            prepared.executeUpdate();
        }
    }
}
