package dev.darkroom.api.users;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.photos.PhotoAddresses;
import dev.darkroom.api.photos.PhotosResource;
import dev.darkroom.api.wire.CalledUrl;
import dev.darkroom.users.User;
import dev.darkroom.users.UserCounts;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes the wire forms of users. Thread-safe. */
public final class UserViews {

    private final UserStore users;
    private final PhotoAddresses addresses;

    public UserViews(UserStore users, PhotoAddresses addresses) {
        this.users = users;
        this.addresses = addresses;
    }

    public ShortUser shortUser(User user, CalledUrl called) {
        String picture = Objects.requireNonNullElse(user.profilePicture(), PhotosResource.NOBODY);
        return new ShortUser(
                user.id().toString(), user.username().value(), user.fullName(), addresses.of(picture, called));
    }

    FullUser fullUser(User user, UserCounts counts, CalledUrl called) {
        return new FullUser(shortUser(user, called), user.bio(), user.website(), FullUser.Counts.of(counts));
    }

    /** In the order of the ids; accounts that are gone are left out, and those that block the caller. */
    public List<ShortUser> shortUsers(List<UserId> ids, Call call) {
        Map<UserId, User> found = call.caller()
                .viewer()
                .map(viewer -> users.findAllFor(viewer, ids))
                .orElseGet(() -> users.findAll(ids));
        return ids.stream()
                .flatMap(id -> Stream.ofNullable(found.get(id)))
                .map(user -> shortUser(user, call.url()))
                .toList();
    }
}
