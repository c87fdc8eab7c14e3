package dev.darkroom.api;

import dev.darkroom.api.media.FeedResource;
import dev.darkroom.api.media.MediaPages;
import dev.darkroom.api.media.MediaResource;
import dev.darkroom.api.media.MediaViews;
import dev.darkroom.api.media.PhotoIntake;
import dev.darkroom.api.media.PostMediaResource;
import dev.darkroom.api.media.RecentMediaResource;
import dev.darkroom.api.media.VisibleMedia;
import dev.darkroom.api.oauth.AccessTokenResource;
import dev.darkroom.api.oauth.PasswordGrant;
import dev.darkroom.api.photos.PhotoAddresses;
import dev.darkroom.api.photos.PhotosResource;
import dev.darkroom.api.relationships.FollowListsResource;
import dev.darkroom.api.relationships.InvalidCursorMapper;
import dev.darkroom.api.relationships.RelationshipResource;
import dev.darkroom.api.relationships.RequestsResource;
import dev.darkroom.api.users.Audience;
import dev.darkroom.api.users.PrivacyResource;
import dev.darkroom.api.users.UserViews;
import dev.darkroom.api.users.UsersResource;
import dev.darkroom.config.MediaConfiguration;
import dev.darkroom.media.InstalledDecoders;
import dev.darkroom.media.PhotoInspector;
import dev.darkroom.media.PhotoLimits;
import io.dropwizard.jersey.setup.JerseyEnvironment;

/** Makes the resources from the stores and registers them. */
final class ResourceWiring {

    private final JerseyEnvironment jersey;
    private final Stores stores;
    private final MediaConfiguration media;
    private final PhotoAddresses addresses;
    private final UserViews userViews;
    private final Audience audience;

    ResourceWiring(JerseyEnvironment jersey, Stores stores, MediaConfiguration media) {
        this.media = media;
        this.jersey = jersey;
        this.stores = stores;
        this.addresses = new PhotoAddresses(stores.publicBaseUrl());
        this.userViews = new UserViews(stores.users(), addresses);
        this.audience = new Audience(stores.users(), stores.follows());
    }

    void wire() {
        users();
        media();
        jersey.register(new PhotosResource(stores.photos()));
    }

    private void users() {
        PasswordGrant passwords = new PasswordGrant(stores.clients(), stores.logIn(), stores.users(), stores.tokens());
        jersey.register(new AccessTokenResource(passwords, userViews));
        jersey.register(new UsersResource(audience, stores.users(), userViews));
        jersey.register(new RelationshipResource(audience, stores.follows()));
        jersey.register(new FollowListsResource(audience, stores.follows(), userViews));
        jersey.register(new RequestsResource(stores.follows(), userViews));
        jersey.register(new PrivacyResource(audience, stores.users()));
        jersey.register(new InvalidCursorMapper());
    }

    private void media() {
        MediaViews views = new MediaViews(stores.users(), userViews, addresses);
        MediaPages pages = new MediaPages(views);
        VisibleMedia visible = new VisibleMedia(stores.media(), audience);
        boolean heic = media.heicIfSetOr(InstalledDecoders.find().heic().isPresent());
        PhotoIntake intake = new PhotoIntake(
                new PhotoInspector(PhotoLimits.DEFAULT, heic), stores.photos(), stores.media(), stores.random());
        jersey.register(new PostMediaResource(intake, stores.users(), views));
        jersey.register(new MediaResource(visible, stores.media(), views));
        jersey.register(new FeedResource(stores.feeds(), pages));
        jersey.register(new RecentMediaResource(audience, stores.media(), pages));
    }
}
