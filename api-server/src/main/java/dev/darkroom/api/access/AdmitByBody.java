package dev.darkroom.api.access;

import dev.darkroom.api.wire.FilterOrder;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Admits callers by credentials in the body. */
@PreMatching
@Priority(FilterOrder.ADMIT_BY_BODY)
public final class AdmitByBody implements ContainerRequestFilter {

    private final Admission admission;

    public AdmitByBody(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        admission.admit(request);
    }
}
