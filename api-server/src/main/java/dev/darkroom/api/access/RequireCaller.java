package dev.darkroom.api.access;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ErrorType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Refuses calls of the API without credentials; runs when a resource was found, so an unknown path stays an unknown path. */
public final class RequireCaller implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (Admission.isNeeded(request) && Admission.admitted(request) == null) {
            throw new ApiException(ErrorType.OAUTH_PARAMETER, "Missing client_id or access_token URL parameter.");
        }
    }
}
