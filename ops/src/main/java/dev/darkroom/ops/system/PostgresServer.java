package dev.darkroom.ops.system;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server and who we are there: must be allowed to create databases. Prints without the password.
 *
 * @param password null where the server does not ask for one
 */
record PostgresServer(
        Address address, String user, @Nullable String password) {

    static final String SUPERUSER = "postgres";

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final int DEFAULT_PORT = 5432;

    /** Reads {@code host:port} or {@code postgres://user:password@host:port}. */
    static PostgresServer parse(String text) {
        if (!text.startsWith("postgres://") && !text.startsWith("postgresql://")) {
            return new PostgresServer(Address.parse("--postgres", text), SUPERUSER, null);
        }
        URI uri = URI.create(text);
        if (uri.getHost() == null || (uri.getPath() != null && uri.getPath().length() > 1)) {
            throw new OpsException("\"" + text.replaceAll(":[^:@/]*@", ":***@")
                    + "\" is no address for --postgres: give postgres://user:password@host:port, without a database.");
        }
        String[] credentials = uri.getRawUserInfo() == null
                ? new String[] {SUPERUSER}
                : uri.getRawUserInfo().split(":", 2);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new PostgresServer(
                new Address(uri.getHost(), port),
                decode(credentials[0]),
                credentials.length > 1 ? decode(credentials[1]) : null);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + address + "/" + database;
    }

    void createDatabaseIfMissing(String database) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), properties())) {
            if (!exists(connection, database)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
                }
            }
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new OpsException(
                        "PostgreSQL at " + address + " refuses the database " + database + " (" + OneLine.of(e)
                                + "): give --postgres a user who may create databases.",
                        e);
            }
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", "10");
        return properties;
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?")) {
            select.setString(1, database);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return user + "@" + address;
    }
}
