package dev.darkroom.api.users;

import dev.darkroom.api.access.Caller;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.wire.PositiveNumber;
import dev.darkroom.follows.Counterpart;
import dev.darkroom.follows.FollowState;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.Optional;

/** Decides who may see an account and what it posts. Asked anew for every answer: visibility is never cached. Thread-safe. */
public final class Audience {

    private final UserStore users;
    private final FollowStore follows;

    public Audience(UserStore users, FollowStore follows) {
        this.users = users;
        this.follows = follows;
    }

    /** The account that a path names, by number or {@code self}. */
    public User existing(String id, Caller caller) {
        return users.find(wanted(id, caller)).orElseThrow(Audience::unknown);
    }

    /** The account that a path names, as the token's user meets it. */
    public Counterpart counterpart(String id, Caller caller) {
        return follows.counterpart(caller.self(), wanted(id, caller)).orElseThrow(Audience::unknown);
    }

    /** The account that a path names, if the caller may see it. */
    public User visible(String id, Caller caller) {
        return visible(wanted(id, caller), caller).orElseThrow(Audience::unknown);
    }

    /**
     * An account, if there is one; refused unless the caller may see it. Nobody sees an account that blocks them; private ones
     * are seen by themselves and by those who follow them. One round trip, and for a private account one more.
     */
    public Optional<User> visible(UserId id, Caller caller) {
        Optional<UserId> other = caller.viewer().filter(viewer -> !viewer.equals(id));
        if (other.isPresent()) {
            return follows.counterpart(other.get(), id).map(found -> shown(other.get(), found));
        }
        Optional<User> user = users.find(id);
        if (caller.viewer().isEmpty() && user.filter(User::isPrivate).isPresent()) {
            throw notShown();
        }
        return user;
    }

    private User shown(UserId viewer, Counterpart found) {
        User user = found.user();
        if (found.blocksViewer() || (user.isPrivate() && !isFollower(viewer, user.id()))) {
            throw notShown();
        }
        return user;
    }

    private boolean isFollower(UserId viewer, UserId owner) {
        return follows.relationship(viewer, owner).outgoing() == FollowState.FOLLOWS;
    }

    private static ApiException notShown() {
        return ApiException.notAllowed("you cannot view this resource");
    }

    private static UserId wanted(String id, Caller caller) {
        return id.equals(Caller.SELF) ? caller.self() : number(id);
    }

    private static UserId number(String id) {
        return new UserId(PositiveNumber.parse(id).orElseThrow(Audience::unknown));
    }

    static ApiException unknown() {
        return ApiException.notFound("this user does not exist");
    }
}
