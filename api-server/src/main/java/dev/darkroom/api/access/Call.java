package dev.darkroom.api.access;

import dev.darkroom.api.wire.CalledUrl;
import dev.darkroom.api.wire.NextPage;
import dev.darkroom.api.wire.RequestParameters;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One call of the API by an admitted caller: all that a resource needs to know of it. */
public record Call(Caller caller, CalledUrl url, RequestParameters parameters, NextPage next) {

    public static Call of(ContainerRequestContext request) {
        return new Call(
                Objects.requireNonNull(Admission.admitted(request), "RequireCaller lets no one else through"),
                CalledUrl.of(request),
                RequestParameters.of(request),
                NextPage.of(request));
    }

    /** The pagination of a page that ends before {@code cursor}; see {@link NextPage#after}. */
    public Map<String, String> pagination(String parameter, Optional<String> cursor) {
        return next.after(parameter, cursor);
    }
}
