package dev.darkroom.api.wire;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;

/**
 * Where the client called, before anything was rewritten.
 *
 * @param origin scheme, host and port as the client wrote them in its Host header, such as {@code http://127.0.0.1:8080}
 * @param path the path as sent, still encoded, with {@code .json} or a trailing slash if there was one
 */
public record CalledUrl(String origin, String path) {

    static CalledUrl of(URI url) {
        return new CalledUrl(url.getScheme() + "://" + url.getRawAuthority(), url.getRawPath());
    }

    /** Errors below {@code /oauth} stand bare, all others in the envelope. */
    boolean isOAuth() {
        return isBelow("/oauth");
    }

    public boolean isApi() {
        return isBelow("/v1");
    }

    private boolean isBelow(String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    public static CalledUrl of(ContainerRequestContext request) {
        Object called = request.getProperty(CalledUrl.class.getName());
        return called instanceof CalledUrl url ? url : of(request.getUriInfo().getRequestUri());
    }

    void remember(ContainerRequestContext request) {
        request.setProperty(CalledUrl.class.getName(), this);
    }
}
