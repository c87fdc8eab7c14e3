package dev.darkroom.api.limit;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Map;

/** Puts the standing of the caller on every answer, in exactly the capitals that clients look for. */
public final class RateLimitHeaders implements ContainerResponseFilter {

    static final String LIMIT = "X-Ratelimit-Limit";
    static final String REMAINING = "X-Ratelimit-Remaining";

    private final RateLimit limit;

    public RateLimitHeaders(RateLimit limit) {
        this.limit = limit;
    }

    /** Keeps the standing for the answer's headers. */
    public static void remember(ContainerRequestContext request, RateLimit.Standing standing) {
        request.setProperty(RateLimitHeaders.class.getName(), standing);
    }

    /** The headers of an answer to nobody in particular. */
    public static Map<String, String> ofNobody(RateLimit limit) {
        RateLimit.Standing standing = limit.untouched();
        return Map.of(LIMIT, Integer.toString(standing.limit()), REMAINING, Integer.toString(standing.remaining()));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object known = request.getProperty(RateLimitHeaders.class.getName());
        RateLimit.Standing standing = known instanceof RateLimit.Standing counted ? counted : limit.untouched();
        response.getHeaders().putSingle(LIMIT, standing.limit());
        response.getHeaders().putSingle(REMAINING, standing.remaining());
    }
}
