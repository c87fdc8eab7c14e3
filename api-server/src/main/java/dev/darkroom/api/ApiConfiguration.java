package dev.darkroom.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.config.PartsConfiguration;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/** The file {@code api.yml}: Dropwizard's server and logging, where the other parts are, and the limits of this process. */
public final class ApiConfiguration extends Configuration {

    @NotNull
    @JsonProperty
    private Path parts = Path.of("parts.yml");

    @Valid
    @NotNull
    @JsonProperty
    private ApiLimits limits = ApiLimits.defaults();

    @DecimalMin("0")
    @DecimalMax("1")
    @JsonProperty
    private double traceSampling;

    /** Reads the file {@code parts.yml} or the one that the key {@code parts} names; relative to the working directory. */
    PartsConfiguration loadParts() {
        return PartsConfiguration.load(parts);
    }

    /** The part of the requests without a {@code traceparent} for which a trace is begun; default none. */
    double traceSampling() {
        return traceSampling;
    }

    ApiLimits limits() {
        return limits;
    }
}
