package dev.darkroom.jobs.watch.lanes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * What all relays and workers together say of the lanes of one job type.
 *
 * @param lanes by name: at most {@link LaneMinutes#MOST} for what workers did and {@link LaneHandOut#MOST} for what relays hold
 * @param others what workers did of all others
 */
public record TypeLanes(Map<String, LaneFigures> lanes, LaneMinute others) {

    private static final Comparator<LaneHandOut> LONGER = Comparator.comparingDouble(LaneHandOut::secondsOf);
    private static final Comparator<LaneHandOut> MORE = Comparator.comparingLong(LaneHandOut::inFlight);

    /**
     * By type; a type without lanes is missing. Two statements a database.
     *
     * @param databases a ledger each
     */
    public static Map<String, TypeLanes> read(Collection<DataSource> databases) throws SQLException {
        Map<String, LaneMinutes> minutes = new HashMap<>();
        Map<String, Map<String, LaneHandOut>> handOuts = new HashMap<>();
        for (DataSource database : databases) {
            try (Connection connection = database.getConnection()) {
                LaneMinutes.read(connection).forEach((type, here) -> minutes.merge(type, here, LaneMinutes::plus));
                LaneHandOut.read(connection).forEach((type, here) -> {
                    Map<String, LaneHandOut> all = handOuts.computeIfAbsent(type, name -> new HashMap<>());
                    here.forEach((lane, handOut) -> all.merge(lane, handOut, LaneHandOut::plus));
                });
            }
        }
        Map<String, TypeLanes> types = new TreeMap<>();
        Set<String> names = new TreeSet<>(minutes.keySet());
        names.addAll(handOuts.keySet());
        for (String type : names) {
            types.put(type, of(minutes.getOrDefault(type, LaneMinutes.NOTHING), handOuts.getOrDefault(type, Map.of())));
        }
        return types;
    }

    static TypeLanes of(LaneMinutes minutes, Map<String, LaneHandOut> handOuts) {
        Set<String> held = told(handOuts);
        LaneMinutes did = minutes.told(held);
        Map<String, LaneFigures> lanes = new HashMap<>();
        did.lanes().forEach((lane, minute) -> lanes.put(lane, new LaneFigures(handOuts.get(lane), minute)));
        LaneMinute untold = did.others().isNothing() ? LaneMinute.NOTHING : null;
        held.forEach(lane -> lanes.putIfAbsent(lane, new LaneFigures(handOuts.get(lane), untold)));
        return new TypeLanes(lanes, did.others());
    }

    private static Set<String> told(Map<String, LaneHandOut> handOuts) {
        Set<String> told = new HashSet<>();
        for (Comparator<LaneHandOut> order : List.of(LONGER, MORE)) {
            Greatest.of(handOuts.values(), LaneHandOut.MOST / 2, order).forEach(handOut -> told.add(handOut.lane()));
        }
        return told;
    }
}
