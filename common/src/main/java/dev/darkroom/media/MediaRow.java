package dev.darkroom.media;

import dev.darkroom.media.format.Coordinates;
import dev.darkroom.users.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table media, read. */
final class MediaRow {

    static final String COLUMNS =
            "id, owner, state, version, photo_key, content_type, width, height, caption, filter, tags,"
                    + " latitude, longitude, location_id, refusal";

    private MediaRow() {}

    static Media media(ResultSet row) throws SQLException {
        return new Media(
                new MediaId(row.getLong("id")),
                new UserId(row.getLong("owner")),
                MediaState.ofCode(row.getInt("state")),
                row.getInt("version"),
                photo(row),
                row.getString("caption"),
                row.getString("filter"),
                List.of((String[]) row.getArray("tags").getArray()),
                coordinates(row),
                row.getObject("location_id", Long.class),
                row.getString("refusal"));
    }

    private static StoredPhoto photo(ResultSet row) throws SQLException {
        return new StoredPhoto(
                new PhotoKey(row.getString("photo_key")),
                row.getString("content_type"),
                row.getInt("width"),
                row.getInt("height"));
    }

    private static @Nullable Coordinates coordinates(ResultSet row) throws SQLException {
        Double latitude = row.getObject("latitude", Double.class);
        Double longitude = row.getObject("longitude", Double.class);
        return latitude == null || longitude == null ? null : new Coordinates(latitude, longitude);
    }
}
