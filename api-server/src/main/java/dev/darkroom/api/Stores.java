package dev.darkroom.api;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.feeds.FeedNodes;
import dev.darkroom.feeds.FeedReader;
import dev.darkroom.feeds.FeedRebuild;
import dev.darkroom.feeds.FeedSettings;
import dev.darkroom.feeds.FeedStore;
import dev.darkroom.follows.FollowJobs;
import dev.darkroom.follows.FollowStore;
import dev.darkroom.follows.LargeAuthors;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.media.MediaJobs;
import dev.darkroom.media.MediaStore;
import dev.darkroom.media.PhotoStorage;
import dev.darkroom.shards.Shards;
import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.LogIn;
import dev.darkroom.users.OAuthClients;
import dev.darkroom.users.Passwords;
import dev.darkroom.users.UserStore;
import io.dropwizard.lifecycle.Managed;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API reads and writes. Opened without connecting; closed after the last request has been answered. */
final class Stores implements Managed {

    /** A feed is read in well under a millisecond, so that a few connections serve all threads. */
    private static final int REDIS_CONNECTIONS = 8;

    private final PartsConfiguration parts;
    private final JobServers jobServers;
    private final Shards shards;
    private final PhotoStorage photos;
    private final FeedNodes nodes;
    private final SecureRandom random = new SecureRandom();

    private Stores(PartsConfiguration parts) {
        this.parts = parts;
        this.jobServers = JobServers.connect(
                parts.gearman().servers(), "api@" + ProcessHandle.current().pid(), "api");
        this.shards = Shards.open(parts, enqueuedTypes(), jobServers::directSubmission);
        this.photos = PhotoStorage.open(parts.s3());
        this.nodes = FeedNodes.open(parts.redis(), REDIS_CONNECTIONS);
    }

    static Stores open(PartsConfiguration parts) {
        return new Stores(parts);
    }

    /** The types of all jobs that requests ask for. */
    private static JobTypes enqueuedTypes() {
        List<JobType<?>> types = Stream.of(FollowJobs.all(), MediaJobs.all())
                .flatMap(List::stream)
                .toList();
        return new JobTypes(types);
    }

    Shards shards() {
        return shards;
    }

    UserStore users() {
        return new UserStore(shards);
    }

    AccessTokens tokens() {
        return new AccessTokens(shards.directory(), random);
    }

    OAuthClients clients() {
        return new OAuthClients(shards.directory(), random);
    }

    LogIn logIn() {
        return new LogIn(shards, new Passwords());
    }

    FollowStore follows() {
        return new FollowStore(shards);
    }

    MediaStore media() {
        return new MediaStore(shards);
    }

    FeedReader feeds() {
        FeedStore feeds = new FeedStore(nodes, FeedSettings.DEFAULT);
        LargeAuthors largeAuthors = new LargeAuthors(shards.directory(), InstantSource.system());
        return new FeedReader(feeds, new FeedRebuild(feeds, follows(), media()), follows(), media(), largeAuthors);
    }

    PhotoStorage photos() {
        return photos;
    }

    @Nullable
    URI publicBaseUrl() {
        return parts.s3().publicBaseUrl();
    }

    SecureRandom random() {
        return random;
    }

    @Override
    public void stop() throws InterruptedException {
        jobServers.close();
        nodes.close();
        photos.close();
        shards.close();
    }
}
