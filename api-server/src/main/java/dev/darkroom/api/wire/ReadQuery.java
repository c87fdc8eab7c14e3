package dev.darkroom.api.wire;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the query into {@link RequestParameters}. */
@PreMatching
@Priority(FilterOrder.READ_QUERY)
public final class ReadQuery implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        Map<String, String> query = new LinkedHashMap<>();
        String text = request.getUriInfo().getRequestUri().getRawQuery();
        if (text != null) {
            FormText.readInto(query, text);
        }
        new RequestParameters(query, Map.of(), Map.of()).remember(request);
        JsonpCallback.check(request);
    }
}
