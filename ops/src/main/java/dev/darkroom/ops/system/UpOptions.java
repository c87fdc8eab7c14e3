package dev.darkroom.ops.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a system is started with.
 *
 * @param apiPort 0 for a free one
 * @param databases how many embedded PostgreSQL servers share the users' data; 0 for as many as there were before
 * @param given addresses of servers that are used in place of the embedded ones
 */
public record UpOptions(DataFolder data, int apiPort, int databases, Given given) {

    /**
     * An address each, or null for the embedded part.
     *
     * @param postgres one for each physical database; empty for embedded servers
     */
    public record Given(
            @Nullable String gearman,
            List<String> postgres,
            @Nullable String redis,
            @Nullable String s3) {

        public Given {
            postgres = List.copyOf(postgres);
        }
    }
}
