package dev.darkroom.config;

import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where photos are kept.
 *
 * @param endpoint the S3 server, such as {@code https://s3.eu-west-1.amazonaws.com}
 * @param publicBaseUrl what readers' addresses of renditions begin with, such as a CDN's; null where this system serves
 *     them itself
 */
public record S3Configuration(
        URI endpoint,

        @Pattern(regexp = ".+", message = "name the region, such as us-east-1")
        String region,

        @Pattern(
                regexp = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
                message = "name the bucket: 3 to 63 of a-z, 0-9, dot, hyphen")
        String bucket,

        @Pattern(regexp = ".+", message = "write the access key's id")
        String accessKey,

        Secret secretKey,
        @Nullable URI publicBaseUrl) {}
