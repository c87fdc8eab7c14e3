package dev.darkroom.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.api.wire.UploadLimits;
import io.dropwizard.util.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one API process gives its callers at most.
 *
 * @param requestsPerHour of one access token, and of one client id without a token; 0 or less means no limit. By default
 *     5000, the limit of the v1 API
 * @param largestPhoto the file of an upload, 20 MiB by default
 * @param uploadFolder where uploads lie while they are received, by default below the system's temporary folder
 * @param callersRemembered how long a token is trusted without asking the directory, and so how long a revoked one may go on
 *     working; 30 seconds by default
 */
record ApiLimits(int requestsPerHour, DataSize largestPhoto, Path uploadFolder, Duration callersRemembered) {

    /** The contract has ten fields; the rest is room for what clients add. */
    static final int MOST_PARTS = 32;

    @JsonCreator
    static ApiLimits of(
            @JsonProperty("requestsPerHour") @Nullable Integer requestsPerHour,
            @JsonProperty("largestPhoto") @Nullable DataSize largestPhoto,
            @JsonProperty("uploadFolder") @Nullable Path uploadFolder,
            @JsonProperty("callersRemembered") io.dropwizard.util.@Nullable Duration callersRemembered) {
        return new ApiLimits(
                Objects.requireNonNullElse(requestsPerHour, 5000),
                Objects.requireNonNullElse(largestPhoto, DataSize.mebibytes(20)),
                Objects.requireNonNullElse(
                        uploadFolder, Path.of(System.getProperty("java.io.tmpdir"), "darkroom-uploads")),
                callersRemembered == null ? Duration.ofSeconds(30) : callersRemembered.toJavaDuration());
    }

    static ApiLimits defaults() {
        return of(null, null, null, null);
    }

    UploadLimits uploads() {
        long file = largestPhoto.toBytes();
        return new UploadLimits(uploadFolder, file, file + UploadLimits.ROOM_BESIDE_FILE, MOST_PARTS);
    }
}
