package dev.darkroom.config;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * The job servers.
 *
 * @param servers each as {@code host:port}; every process talks to all of them
 */
public record GearmanConfiguration(
        @NotEmpty(message = "name at least one job server as host:port, such as 127.0.0.1:4730")
        @Pattern(regexp = "[^:\\s]+:\\d{1,5}", message = "write each job server as host:port, such as 127.0.0.1:4730")
        List<String> servers) {

    public GearmanConfiguration {
        servers = List.copyOf(servers);
    }
}
