package dev.darkroom.config;

import jakarta.validation.constraints.Pattern;

/**
 * The Redis servers.
 *
 * @param feeds {@code host:port} of the server with the feeds and sessions; what it holds can be rebuilt
 */
public record RedisConfiguration(
        @Pattern(regexp = "[^:\\s]+:\\d{1,5}", message = "write host:port, such as 127.0.0.1:6379")
        String feeds) {}
