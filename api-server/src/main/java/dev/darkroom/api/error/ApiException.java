package dev.darkroom.api.error;

/** An answer that is an error of the contract. Its message goes to the client, so it never holds internals; it is not logged. */
public final class ApiException extends RuntimeException {

    private final ErrorType type;

    public ApiException(ErrorType type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    public static ApiException notFound(String message) {
        return new ApiException(ErrorType.NOT_FOUND, message);
    }

    public static ApiException invalidParameters(String message) {
        return new ApiException(ErrorType.INVALID_PARAMETERS, message);
    }

    public static ApiException notAllowed(String message) {
        return new ApiException(ErrorType.NOT_ALLOWED, message);
    }

    /** A part that the answer needs (database, photo store, disk) is away; the same request may succeed later. */
    public static ApiException unavailable(String message) {
        return new ApiException(ErrorType.UNAVAILABLE, message);
    }

    public ErrorType type() {
        return type;
    }
}
