package dev.darkroom.gearman.worker;

import dev.darkroom.gearman.protocol.Packet;
import dev.darkroom.gearman.protocol.PacketOutput;
import dev.darkroom.gearman.protocol.PacketType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * What one connection has told its server about functions, and which jobs it holds of them. Lives on the event loop.
 * gearmand 1.1.20 sets three limits on when that may change:
 *
 * <ul>
 *   <li>CANT_DO and RESET_ABILITIES queue the jobs again that the connection holds, so both wait until it holds none.
 *   <li>CAN_DO of a known function counts as one more worker, so a changed time-out is a withdrawal first.
 *   <li>It keeps one timer a connection, which goes on when its job is done, and which then hands out the finished job
 *       again, without its payload. With a time-out in play a connection therefore holds one job at a time, and after
 *       each it ends the timer, which PRE_SLEEP does when there is nothing that the worker could do.
 * </ul>
 */
final class Announcements {

    private static final Packet RESET = Packet.request(PacketType.RESET_ABILITIES);
    private static final Packet SLEEP = Packet.request(PacketType.PRE_SLEEP);

    private final Map<String, Ability> wanted;
    private final Map<String, Ability> announced = new HashMap<>();
    private final Set<String> changing = new HashSet<>();
    /** By function; never 0. Counted up and down with each job, so in place. */
    private final Map<String, int[]> held = new HashMap<>();

    private int timed;
    private boolean renewing;
    private boolean timerRuns;

    /** @param wanted what the worker is to do at the moment; changed by its owner */
    Announcements(Map<String, Ability> wanted) {
        this.wanted = wanted;
    }

    void announceAll(PacketOutput output) {
        wanted.values().forEach(ability -> announce(ability, output));
    }

    /** A function was added, removed, or has another time-out now. True where there may be jobs that there were not. */
    boolean changed(String function, PacketOutput output) {
        Ability now = wanted.get(function);
        Ability before = announced.get(function);
        if (now != null && now.equals(before)) {
            changing.remove(function);
        } else if (timed > 0 || (now != null && now.isTimed())) {
            renewing = true;
        } else if (before != null) {
            changing.add(function);
        } else if (now != null) {
            announce(now, output);
            return true;
        }
        return false;
    }

    /** Whether grabs must wait until what is held is answered and the functions are told anew. */
    boolean blocksGrabs() {
        return announced.isEmpty() || !changing.isEmpty() || renewing;
    }

    /** How many grabs there may be, given how many are in flight and how many the connection would send otherwise. */
    int allowed(int grabs, int inFlight) {
        return timed == 0 ? grabs : Math.min(grabs, held.isEmpty() && inFlight == 0 ? 1 : 0);
    }

    boolean holdsNothing() {
        return held.isEmpty();
    }

    void assigned(String function) {
        int[] count = held.get(function);
        if (count == null) {
            held.put(function, new int[] {1});
        } else {
            count[0]++;
        }
        Ability ability = announced.get(function);
        timerRuns = ability != null && ability.isTimed();
    }

    /** To be called when the answer has been written: what ends the timer follows it at once. */
    void answered(String function, boolean quiet, PacketOutput output) {
        int[] count = held.get(function);
        if (count != null && --count[0] == 0) {
            held.remove(function);
        }
        if (timerRuns) {
            renew(quiet, output);
        }
    }

    /** Catches up on changes, as far as the held jobs allow; no grab is in flight. True where there may be new jobs. */
    boolean settle(boolean quiet, PacketOutput output) {
        if (renewing && held.isEmpty()) {
            renew(quiet, output);
            return true;
        }
        boolean more = false;
        for (Iterator<String> functions = changing.iterator(); functions.hasNext(); ) {
            String function = functions.next();
            if (!held.containsKey(function)) {
                functions.remove();
                announced.remove(function);
                output.write(Packet.request(PacketType.CANT_DO, function));
                Ability again = wanted.get(function);
                if (again != null && !quiet) {
                    announce(again, output);
                    more = true;
                }
            }
        }
        return more;
    }

    /** Takes everything back. */
    void withdraw(PacketOutput output) {
        announced.clear();
        changing.clear();
        timed = 0;
        output.write(RESET);
    }

    private void renew(boolean quiet, PacketOutput output) {
        withdraw(output);
        output.write(SLEEP);
        renewing = false;
        timerRuns = false;
        if (!quiet) {
            announceAll(output);
        }
    }

    private void announce(Ability ability, PacketOutput output) {
        announced.put(ability.function(), ability);
        if (ability.isTimed()) {
            timed++;
        }
        output.write(ability.announcement());
    }
}
