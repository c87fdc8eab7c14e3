package dev.darkroom.gearman;

import org.jspecify.annotations.Nullable;

/** Root of what goes wrong between this process and a job server. */
public class GearmanException extends RuntimeException {

    public GearmanException(String message) {
        super(message);
    }

    public GearmanException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
