package dev.darkroom.api.access;

import dev.darkroom.api.wire.FilterOrder;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Admits callers by credentials in the query. */
@PreMatching
@Priority(FilterOrder.ADMIT_BY_QUERY)
public final class AdmitByQuery implements ContainerRequestFilter {

    private final Admission admission;

    public AdmitByQuery(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        admission.admit(request);
    }
}
