package dev.darkroom.api.media;

import dev.darkroom.api.access.Call;
import dev.darkroom.api.media.MediaView.CommentView;
import dev.darkroom.api.media.MediaView.Counted;
import dev.darkroom.api.media.MediaView.Image;
import dev.darkroom.api.media.MediaView.Images;
import dev.darkroom.api.media.MediaView.Point;
import dev.darkroom.api.photos.PhotoAddresses;
import dev.darkroom.api.users.ShortUser;
import dev.darkroom.api.users.UserViews;
import dev.darkroom.media.Media;
import dev.darkroom.media.PhotoAddress;
import dev.darkroom.media.Rendition;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the wire form of media. Thread-safe. */
public final class MediaViews {

    private final UserStore users;
    private final UserViews userViews;
    private final PhotoAddresses addresses;

    public MediaViews(UserStore users, UserViews userViews, PhotoAddresses addresses) {
        this.users = users;
        this.userViews = userViews;
        this.addresses = addresses;
    }

    /** In the order given; what a vanished account posted is left out. */
    List<MediaView> views(List<Media> media, Call call) {
        Map<UserId, User> owners =
                users.findAll(media.stream().map(Media::owner).distinct().toList());
        return media.stream()
                .flatMap(each -> Stream.ofNullable(owners.get(each.owner())).map(owner -> view(each, owner, call)))
                .toList();
    }

    MediaView view(Media media, User owner, Call call) {
        ShortUser user = userViews.shortUser(owner, call.url());
        String createdTime = Long.toString(media.createdAt().getEpochSecond());
        return new MediaView(
                MediaReference.of(media),
                "image",
                user,
                createdTime,
                call.url().origin() + "/p/" + Shortcode.of(media.id()) + "/",
                media.filter(),
                media.tags(),
                caption(media, createdTime, user),
                new Counted<>(0, List.of()),
                new Counted<>(0, List.of()),
                images(media, call),
                point(media),
                List.of(),
                call.caller().viewer().isPresent() ? Boolean.FALSE : null,
                null);
    }

    private static @Nullable CommentView caption(Media media, String createdTime, ShortUser user) {
        // The caption has no number of its own; the media's is unique among captions.
        return media.caption() == null
                ? null
                : new CommentView(media.id().toString(), createdTime, media.caption(), user);
    }

    private Images images(Media media, Call call) {
        return new Images(
                image(media, Rendition.THUMBNAIL, call),
                image(media, Rendition.LOW_RESOLUTION, call),
                image(media, Rendition.STANDARD_RESOLUTION, call));
    }

    private Image image(Media media, Rendition rendition, Call call) {
        String url = addresses.of(PhotoAddress.of(media).rendition(rendition), call.url());
        return new Image(url, rendition.side(), rendition.side());
    }

    private static @Nullable Point point(Media media) {
        return media.coordinates() == null
                ? null
                : new Point(media.coordinates().latitude(), media.coordinates().longitude());
    }
}
