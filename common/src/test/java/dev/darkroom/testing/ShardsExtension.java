package dev.darkroom.testing;

import dev.darkroom.config.DatabaseConfiguration;
import dev.darkroom.config.GearmanConfiguration;
import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.config.PhysicalDatabaseConfiguration;
import dev.darkroom.config.RedisConfiguration;
import dev.darkroom.config.S3Configuration;
import dev.darkroom.config.Secret;
import dev.darkroom.jobs.JobType;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.shards.Shards;
import dev.darkroom.shards.schema.SchemaMigration;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A directory and two physical databases with two logical shards each, empty, for a test class; to be held in a static field
 * with {@code @RegisterExtension}. All are databases of one server.
 */
public final class ShardsExtension implements BeforeAllCallback, AfterAllCallback {

    private static final int POOL_SIZE = 12;

    private final PostgresExtension postgres;
    private final JobTypes types;
    private @Nullable PartsConfiguration parts;
    private @Nullable Shards shards;

    public ShardsExtension(List<? extends JobType<?>> types) {
        this(types, new PostgresExtension());
    }

    /** On a server of the test's choice; the extension need not be registered itself. */
    public ShardsExtension(List<? extends JobType<?>> types, PostgresExtension postgres) {
        this.postgres = postgres;
        this.types = new JobTypes(types);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        postgres.beforeAll(context);
        parts = parts(postgres);
        SchemaMigration.migrate(parts);
        shards = Shards.open(parts, types, DirectSubmission.NONE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (shards != null) {
            shards.close();
        }
        postgres.afterAll(context);
    }

    /** Where everything is; the job server, Redis and S3 in it do not exist. */
    public PartsConfiguration parts() {
        if (parts == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return parts;
    }

    public Shards shards() {
        if (shards == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return shards;
    }

    /** Three fresh databases: a directory, and two for two logical shards each. Nothing is migrated. */
    public static PartsConfiguration parts(PostgresExtension postgres) throws SQLException {
        return new PartsConfiguration(
                new GearmanConfiguration(List.of("127.0.0.1:1")),
                database(postgres),
                List.of(
                        new PhysicalDatabaseConfiguration(1, 0, 1, database(postgres)),
                        new PhysicalDatabaseConfiguration(2, 2, 3, database(postgres))),
                new RedisConfiguration(List.of("127.0.0.1:1"), 0),
                new S3Configuration(
                        URI.create("http://127.0.0.1:1"), "us-east-1", "photos", "key", Secret.of("secret"), null));
    }

    /** A fresh database. */
    public static DatabaseConfiguration database(PostgresExtension postgres) throws SQLException {
        return new DatabaseConfiguration(postgres.jdbcUrl(postgres.createDatabase()), "postgres", null, POOL_SIZE);
    }
}
