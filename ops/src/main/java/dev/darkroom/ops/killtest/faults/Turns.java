package dev.darkroom.ops.killtest.faults;

import dev.darkroom.ops.killtest.parts.Part;
import dev.darkroom.ops.killtest.parts.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Whose turn it is: every role comes up in each round, in another order each time. Used by one thread. */
final class Turns {

    private final List<Part> parts;
    private final List<Role> roles;
    private final Random random;
    private final Deque<Role> round = new ArrayDeque<>();

    Turns(List<Part> parts, Collection<Role> roles, Random random) {
        this.parts = parts;
        this.roles = List.copyOf(roles);
        this.random = random;
    }

    /** One that is up, of the next role that has one. */
    Optional<Part> next() {
        for (int i = 0; i < roles.size(); i++) {
            if (round.isEmpty()) {
                List<Role> shuffled = new ArrayList<>(roles);
                Collections.shuffle(shuffled, random);
                round.addAll(shuffled);
            }
            Optional<Part> part = of(round.remove());
            if (part.isPresent()) {
                return part;
            }
        }
        return Optional.empty();
    }

    /** Any of that role that is up. */
    Optional<Part> of(Role role) {
        List<Part> up = allOf(role);
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    /** Those of that role that are up. */
    List<Part> allOf(Role role) {
        return parts.stream().filter(part -> part.role() == role && part.isUp()).toList();
    }
}
