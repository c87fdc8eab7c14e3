package dev.darkroom.api.wire;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;

/**
 * Lets {@code /v1/users/self/feed}, {@code …/feed/} and {@code …/feed.json} mean the same: the clients of the time sent all
 * three. No id and no tag holds a dot, so the suffix is safe to strip. The Accept header is ignored: there is one format.
 */
@PreMatching
@Priority(FilterOrder.REWRITE_PATH)
public final class RewritePath implements ContainerRequestFilter {

    private static final String SUFFIX = ".json";

    @Override
    public void filter(ContainerRequestContext request) {
        URI url = request.getUriInfo().getRequestUri();
        CalledUrl called = CalledUrl.of(url);
        called.remember(request);
        if (called.isApi() || called.isOAuth()) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
            String path = canonical(called.path());
            if (!path.equals(called.path())) {
                String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
                request.setRequestUri(URI.create(called.origin() + path + query));
            }
        }
    }

    static String canonical(String path) {
        String withoutSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return withoutSlash.endsWith(SUFFIX)
                ? withoutSlash.substring(0, withoutSlash.length() - SUFFIX.length())
                : withoutSlash;
    }
}
