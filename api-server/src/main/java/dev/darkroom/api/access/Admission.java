package dev.darkroom.api.access;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ErrorType;
import dev.darkroom.api.limit.RateLimit;
import dev.darkroom.api.limit.RateLimitHeaders;
import dev.darkroom.api.wire.CalledUrl;
import dev.darkroom.api.wire.RequestParameters;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls and counts the call. Asked twice, before and after the body is read, because the credentials may be in
 * either: with bad ones in the query no body is read. Thread-safe.
 */
public final class Admission {

    private final Callers callers;
    private final RateLimit limit;

    public Admission(Callers callers, RateLimit limit) {
        this.callers = callers;
        this.limit = limit;
    }

    void admit(ContainerRequestContext request) {
        if (!isNeeded(request) || admitted(request) != null) {
            return;
        }
        RequestParameters parameters = RequestParameters.of(request);
        Optional<String> token = parameters.text("access_token");
        Optional<String> client = parameters.text("client_id");
        if (token.isPresent()) {
            Caller caller = callers.byToken(token.get())
                    .orElseThrow(() ->
                            new ApiException(ErrorType.OAUTH_ACCESS_TOKEN, "The access_token provided is invalid."));
            admit(request, caller, "token " + token.get());
        } else if (client.isPresent()) {
            Caller caller = callers.byClient(client.get())
                    .orElseThrow(() -> new ApiException(
                            ErrorType.OAUTH_CLIENT,
                            "The client_id provided is invalid and does not match a valid application."));
            admit(request, caller, "client " + client.get());
        }
    }

    static boolean isNeeded(ContainerRequestContext request) {
        return CalledUrl.of(request).isApi() && !request.getMethod().equals(HttpMethod.OPTIONS);
    }

    public static @Nullable Caller admitted(ContainerRequestContext request) {
        return (Caller) request.getProperty(Caller.class.getName());
    }

    private void admit(ContainerRequestContext request, Caller caller, String key) {
        RateLimit.Standing standing = limit.count(key);
        RateLimitHeaders.remember(request, standing);
        if (standing.exceeded()) {
            throw new ApiException(
                    ErrorType.OAUTH_RATE_LIMIT, "The maximum number of requests per hour has been exceeded.");
        }
        request.setProperty(Caller.class.getName(), caller);
    }
}
