package dev.darkroom.ops.system;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a running system says about itself, in the data folder's {@code run.json}.
 *
 * @param api the origin of the HTTP API
 * @param console the origin of the console; null while there is none
 * @param parts addresses by part: {@code gearman}, {@code postgres}, {@code redis} as host:port, {@code s3} as a URL
 * @param pids process ids by part, {@code up} included; a part at a given address is not ours and not here
 * @param startTimes when each of these processes started, in milliseconds since 1970: with the pid it tells a process
 *     from a later one
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunState(
        @Nullable String api,
        @Nullable String console,
        @Nullable Client client,
        @Nullable DemoUser demoUser,
        Map<String, String> parts,
        Map<String, Long> pids,
        Map<String, Long> startTimes) {

    /** An OAuth client that may exchange a user's password for a token. */
    public record Client(String id, String secret) {}

    /**
     * A user to try things with.
     *
     * @param id the user's id
     * @param accessToken acts as this user
     * @param otherUserId another user, who follows this one and is followed back: each sees the other's photos
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record DemoUser(String id, String accessToken, String otherUserId) {}
}
