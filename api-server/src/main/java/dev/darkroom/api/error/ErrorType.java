package dev.darkroom.api.error;

/** The error types of the v1 contract, by the names that clients compare, and the HTTP status each is answered with. */
public enum ErrorType {
    OAUTH_PARAMETER("OAuthParameterException", 400),
    OAUTH_ACCESS_TOKEN("OAuthAccessTokenException", 400),
    OAUTH_PERMISSIONS("OAuthPermissionsException", 400),
    OAUTH_CLIENT("OAuthClientException", 400),
    OAUTH("OAuthException", 400),
    OAUTH_RATE_LIMIT("OAuthRateLimitException", 429),
    NOT_FOUND("APINotFoundError", 400),
    NOT_ALLOWED("APINotAllowedError", 400),
    INVALID_PARAMETERS("APIInvalidParametersError", 400),
    REFUSED("APIError", 400),
    TOO_SLOW("APIError", 408),
    FAILED("APIError", 500),
    UNAVAILABLE("APIError", 503);

    private final String wireName;
    private final int status;

    ErrorType(String wireName, int status) {
        this.wireName = wireName;
        this.status = status;
    }

    public String wireName() {
        return wireName;
    }

    public int status() {
        return status;
    }
}
