package dev.darkroom.ops.killtest.parts;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.PostgresBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Starts PostgreSQL on its data and port: Debian's where it is installed, else the embedded one. Durable. */
final class PostgresLauncher implements Part.Launcher {

    private static final String DATABASE = "killtest";

    private final Optional<Path> installed;
    private final Path data;
    private final int port;

    PostgresLauncher(Path folder, int port) throws IOException {
        this.installed = InstalledServers.postgresBinaries();
        this.data = folder.resolve("postgres");
        this.port = port;
    }

    String description() {
        return installed.map(folder -> "PostgreSQL of " + folder).orElse("embedded PostgreSQL");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE + "?user=" + EmbeddedPostgres.USER
                + "&sslmode=disable";
    }

    @Override
    public RunningProcess launch() {
        PostgresBuilder builder = EmbeddedPostgres.builder(data).port(port);
        installed.ifPresent(builder::binaries);
        EmbeddedPostgres postgres = builder.start();
        postgres.createDatabaseIfMissing(DATABASE);
        return new RunningProcess(postgres.pid(), postgres.onExit());
    }
}
