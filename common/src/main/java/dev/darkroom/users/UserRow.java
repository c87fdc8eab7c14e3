package dev.darkroom.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A row of the table account, read. */
public final class UserRow {

    public static final String COLUMNS =
            "id, username, full_name, bio, website, profile_picture, is_private, created_at";

    private UserRow() {}

    public static User user(ResultSet row) throws SQLException {
        Instant createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
        return new User(
                new UserId(row.getLong("id")),
                new Username(row.getString("username")),
                row.getString("full_name"),
                row.getString("bio"),
                row.getString("website"),
                row.getString("profile_picture"),
                row.getBoolean("is_private"),
                createdAt);
    }
}
