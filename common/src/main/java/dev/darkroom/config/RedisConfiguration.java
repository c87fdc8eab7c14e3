package dev.darkroom.config;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;

/**
 * The Redis servers.
 *
 * @param feeds {@code host:port} of the servers among which the feeds are divided, or of the only one; what they hold can be
 *     rebuilt
 * @param feedLayout raised, in every process at once, whenever the list of servers changes: the feeds are then built anew, and
 *     none is found that was not kept up meanwhile. Default 0
 */
public record RedisConfiguration(
        @NotEmpty(message = "name at least one server")
        List<@Pattern(regexp = "[^:\\s]+:\\d{1,5}", message = "write host:port, such as 127.0.0.1:6379") String> feeds,

        @PositiveOrZero(message = "give a whole number that grows, such as 1")
        int feedLayout) {

    public RedisConfiguration {
        feeds = List.copyOf(feeds);
    }
}
