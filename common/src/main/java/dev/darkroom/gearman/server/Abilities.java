package dev.darkroom.gearman.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one connection does, the function that it announced last first, as gearmand has it. */
final class Abilities {

    private final Map<FunctionQueue, Ability> byFunction = new HashMap<>();
    private final Map<Long, Ability> inOrder = new TreeMap<>();
    private long announced;

    @Nullable
    Ability of(FunctionQueue function) {
        return byFunction.get(function);
    }

    /** Makes it the first, whether it is new or not. */
    void announce(Ability ability, long timeout) {
        inOrder.remove(ability.order);
        ability.order = --announced;
        ability.times++;
        ability.timeout = timeout;
        byFunction.put(ability.function, ability);
        inOrder.put(ability.order, ability);
    }

    void remove(Ability ability) {
        byFunction.remove(ability.function);
        inOrder.remove(ability.order);
    }

    Collection<Ability> inOrder() {
        return inOrder.values();
    }

    /** The same, which may be gone through while some are removed. */
    List<Ability> copy() {
        return new ArrayList<>(inOrder.values());
    }
}
