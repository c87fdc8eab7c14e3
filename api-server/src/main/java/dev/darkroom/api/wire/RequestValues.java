package dev.darkroom.api.wire;

import java.util.Map;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/** Gives resource methods what the filters found out: a parameter {@code @Context RequestParameters parameters}, for one. */
public final class RequestValues implements ValueParamProvider {

    private final Map<Class<?>, Function<ContainerRequest, ?>> values;

    /** @param values by the type of the method parameter */
    public RequestValues(Map<Class<?>, Function<ContainerRequest, ?>> values) {
        this.values = Map.copyOf(values);
    }

    @Override
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
        return values.get(parameter.getRawType());
    }

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }
}
