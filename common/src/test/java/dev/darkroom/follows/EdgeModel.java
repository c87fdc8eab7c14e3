package dev.darkroom.follows;

import static dev.darkroom.follows.FollowState.BLOCKS;
import static dev.darkroom.follows.FollowState.FOLLOWS;
import static dev.darkroom.follows.FollowState.NONE;
import static dev.darkroom.follows.FollowState.REQUESTED;

/** What two accounts are to each other, as if every wish took effect at once and everywhere. */
final class EdgeModel {

    private final FollowState[] states = {NONE, NONE};
    private final int[] blocks = {0, 0};

    FollowState of(int who) {
        return states[who];
    }

    int blocksBy(int who) {
        return blocks[who];
    }

    /** @param blocksSeen how often the other had blocked when it was decided: if more by now, it comes too late */
    void follow(int who, FollowState wished, int blocksSeen) {
        if (states[who] != BLOCKS && blocksSeen == blocks[1 - who] && states[who].code() < wished.code()) {
            states[who] = wished;
        }
    }

    void unfollow(int who) {
        if (states[who] != BLOCKS) {
            states[who] = NONE;
        }
    }

    void block(int who) {
        if (states[who] != BLOCKS) {
            states[who] = BLOCKS;
            blocks[who]++;
            unfollow(1 - who);
        }
    }

    void unblock(int who) {
        if (states[who] == BLOCKS) {
            states[who] = NONE;
        }
    }

    void answer(int who, boolean approved) {
        int asking = 1 - who;
        if (states[asking] == REQUESTED) {
            states[asking] = approved ? FOLLOWS : NONE;
        }
    }
}
