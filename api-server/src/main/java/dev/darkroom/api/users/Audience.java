package dev.darkroom.api.users;

import dev.darkroom.api.access.Caller;
import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.wire.PositiveNumber;
import dev.darkroom.follows.FollowState;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;

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
        UserId wanted = id.equals(Caller.SELF) ? caller.self() : number(id);
        return users.find(wanted).orElseThrow(Audience::unknown);
    }

    /** The account that a path names, if the caller may see it. */
    public User visible(String id, Caller caller) {
        User user = existing(id, caller);
        requireVisible(user, caller);
        return user;
    }

    /** Private accounts are seen by themselves and by those who follow them. */
    public void requireVisible(User owner, Caller caller) {
        boolean visible = !owner.isPrivate()
                || caller.viewer()
                        .filter(viewer -> viewer.equals(owner.id()) || isFollower(viewer, owner.id()))
                        .isPresent();
        if (!visible) {
            throw ApiException.notAllowed("you cannot view this resource");
        }
    }

    private boolean isFollower(UserId viewer, UserId owner) {
        return follows.relationship(viewer, owner).outgoing() == FollowState.FOLLOWS;
    }

    private static UserId number(String id) {
        return new UserId(PositiveNumber.parse(id).orElseThrow(Audience::unknown));
    }

    private static ApiException unknown() {
        return ApiException.notFound("this user does not exist");
    }
}
