package dev.darkroom.ops.system;

import org.jspecify.annotations.Nullable;

/**
 * What a system is started with.
 *
 * @param apiPort 0 for a free one
 * @param given addresses of servers that are used in place of the embedded ones
 */
public record UpOptions(DataFolder data, int apiPort, Given given) {

    /** An address each, or null for the embedded part. */
    public record Given(
            @Nullable String gearman,
            @Nullable String postgres,
            @Nullable String redis,
            @Nullable String s3) {}
}
