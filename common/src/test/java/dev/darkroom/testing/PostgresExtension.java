package dev.darkroom.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.PostgresBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server for a test class, to be held in a static field with {@code @RegisterExtension}: one server per
 * JVM, a database of its own for each class and for each call of {@link #createDatabase()}. Sessions live in
 * {@value #TIME_ZONE}, so that a forgotten time zone shows. {@code DARKROOM_TEST_POSTGRES=debian} (environment or system
 * property) takes the distribution's server.
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {

    /** Off by 5 h 45 min from UTC: no whole hours. */
    public static final String TIME_ZONE = "Asia/Kathmandu";

    private static final String VARIABLE = "DARKROOM_TEST_POSTGRES";

    private final Schema schema;
    private final boolean durable;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private @Nullable SharedServer server;
    private @Nullable String database;

    /** Databases are empty, commits are not flushed to disk. */
    public PostgresExtension() {
        this(new Schema("template1", source -> {}), false);
    }

    private PostgresExtension(Schema schema, boolean durable) {
        this.schema = schema;
        this.durable = durable;
    }

    /**
     * Databases come with a schema that is created once per JVM and then copied.
     *
     * @param name names it among all tests of the JVM
     */
    public PostgresExtension withSchema(String name, SchemaCreator creator) {
        return new PostgresExtension(new Schema("schema_" + name, creator), durable);
    }

    /** On a server that flushes commits to disk as in production, for tests about crashes and measurements. */
    public PostgresExtension durable() {
        return new PostgresExtension(schema, true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        String name = durable ? "postgres-durable" : "postgres";
        server = TestServers.shared(context, name, SharedServer.class, this::start);
        database = createDatabase();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        pools.forEach(HikariDataSource::close);
        pools.clear();
    }

    /** The address of this class's database, with the user in it. */
    public String jdbcUrl() {
        return jdbcUrl(database());
    }

    public String jdbcUrl(String name) {
        return server().postgres.jdbcUrl(name);
    }

    /** The name of this class's database. */
    public String database() {
        if (database == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return database;
    }

    /** A pool of up to 10 connections to this class's database; closed after the class. */
    public DataSource dataSource() {
        return dataSource(database(), 10);
    }

    /** A pool of up to so many connections, opened when needed; closed after the class. */
    public DataSource dataSource(String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl(name));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** Makes a further database with the schema and gives its name. It is dropped with the server. */
    public String createDatabase() throws SQLException {
        return server().createDatabase(schema);
    }

    /** The server itself, for tests that need its pid or port. It belongs to all tests: don't stop it. */
    public EmbeddedPostgres postgres() {
        return server().postgres;
    }

    private SharedServer server() {
        if (server == null) {
            throw new IllegalStateException("Hold the extension in a static field with @RegisterExtension");
        }
        return server;
    }

    private SharedServer start(Path folder) {
        PostgresBuilder builder = EmbeddedPostgres.builder(folder.resolve("pg")).setting("timezone", TIME_ZONE);
        if (!durable) {
            builder.setting("fsync", "off").setting("full_page_writes", "off").setting("synchronous_commit", "off");
        }
        if (TestServers.debianWanted(VARIABLE)) {
            builder.binaries(DebianServers.require(DebianServers.postgresBinaries(), "postgresql"));
        }
        return new SharedServer(builder.start());
    }

    /** Fills an empty database. */
    @FunctionalInterface
    public interface SchemaCreator {
        void create(DataSource database) throws SQLException;
    }

    private record Schema(String template, SchemaCreator creator) {}

    private static final class SharedServer implements AutoCloseable {

        private final EmbeddedPostgres postgres;
        private final Map<String, Schema> templates = new ConcurrentHashMap<>();
        private final AtomicLong databases = new AtomicLong();

        private SharedServer(EmbeddedPostgres postgres) {
            this.postgres = postgres;
        }

        /** One at a time: PostgreSQL copies no template that somebody is connected to. */
        private synchronized String createDatabase(Schema schema) throws SQLException {
            if (!schema.template().equals("template1") && templates.putIfAbsent(schema.template(), schema) == null) {
                postgres.createDatabaseIfMissing(schema.template());
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl(postgres.jdbcUrl(schema.template()));
                schema.creator().create(source);
            }
            String name = "test_" + databases.incrementAndGet();
            try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + schema.template());
            }
            return name;
        }

        @Override
        public void close() {
            postgres.stop();
        }
    }
}
