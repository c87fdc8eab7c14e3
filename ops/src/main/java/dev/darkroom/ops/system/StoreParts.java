package dev.darkroom.ops.system;

import dev.darkroom.embedded.EmbeddedPostgres;
import dev.darkroom.embedded.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The embedded servers: those of the four for which no address was given. */
record StoreParts(ProgramCopy programs, DataFolder data, Servers servers, Secrets secrets) {

    private static final String POSTGRES = "postgres";
    static final String REDIS = "redis";
    static final String S3 = "s3";
    static final String GEARMAN = "gearman";

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final String MODULE = "ops";

    /** The command line's own configuration shows errors only. */
    private static final String LOGGING = "-Dlogback.configurationFile=server-logback.xml";

    List<Part> parts(UpOptions.Given given) {
        List<Part> parts = new ArrayList<>();
        if (given.postgres().isEmpty()) {
            servers.postgres().forEach((number, server) -> parts.add(postgres(postgresName(number), server)));
        }
        if (given.redis() == null) {
            parts.add(new Part(REDIS, Stage.STORES, this::startRedis));
        }
        if (given.s3() == null) {
            parts.add(new Part(S3, Stage.STORES, () -> ChildPart.start(S3, s3())));
        }
        if (given.gearman() == null) {
            parts.add(new Part(GEARMAN, Stage.JOB_SERVER, () -> ChildPart.start(GEARMAN, jobServer())));
        }
        return parts;
    }

    /** Of the part and of its folder. */
    static String postgresName(int database) {
        return database == 1 ? POSTGRES : POSTGRES + "-" + database;
    }

    private Part postgres(String name, PostgresServer server) {
        Path log = data.log(name);
        return new Part(
                name,
                Stage.STORES,
                () -> ServerPart.of(
                        EmbeddedPostgres.builder(data.path().resolve(name))
                                .unpackTo(data.serverCache())
                                .port(server.address().port())
                                .logFile(log)
                                .start(),
                        log));
    }

    /** Nothing on disk: feeds are rebuilt from PostgreSQL. */
    private RunningPart startRedis() {
        Path log = data.log(REDIS);
        return ServerPart.of(
                EmbeddedRedis.builder(data.path().resolve(REDIS))
                        .unpackTo(data.serverCache())
                        .port(servers.redis().port())
                        .logFile(log)
                        .start(),
                log);
    }

    private ChildPart.Program s3() {
        S3Server server = servers.s3();
        return JavaProgram.small(MODULE, "dev.darkroom.embedded.S3Main", "-Xmx128m", LOGGING)
                .program(
                        programs,
                        data.log(S3),
                        STOP,
                        Map.of("DARKROOM_S3_SECRET_KEY", secrets.own(S3Server.SECRET)),
                        List.of(
                                "--folder=" + data.path().resolve(S3),
                                "--port=" + server.address().port(),
                                "--access-key=" + server.accessKey(),
                                "--bucket=" + server.bucket(),
                                "--exit-on-stdin-end"));
    }

    private ChildPart.Program jobServer() {
        return new JavaProgram(
                        MODULE, "dev.darkroom.gearman.server.JobServerMain", List.of("-Xms16m", "-Xmx512m", LOGGING))
                .program(
                        programs,
                        data.log(GEARMAN),
                        STOP,
                        Map.of(),
                        // A job that kills its worker must not kill the next: it comes back by its lease.
                        List.of("--port=" + servers.gearman().get(0).port(), "--job-retries=1", "--exit-on-stdin-end"));
    }
}
