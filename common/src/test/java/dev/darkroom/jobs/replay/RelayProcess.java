package dev.darkroom.jobs.replay;

import dev.darkroom.clock.Pause;
import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.jobs.dispatch.JobServers;
import dev.darkroom.jobs.replay.work.ReplayDuty;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The relays of two ledgers as a process of their own, to be killed. */
public final class RelayProcess {

    private RelayProcess() {}

    /** @param arguments address of the job server, then those of the directory and the databases */
    public static void main(String[] arguments) throws InterruptedException {
        JobServers servers = new JobServers(List.of(ServerAddress.parse(arguments[0])), "relay", "here");
        for (int database = 1; database < arguments.length - 1; database++) {
            servers.relay(
                    database, source(arguments[database + 1]), List.of(new ReplayDuty(database, source(arguments[1]))));
        }
        while (true) {
            Pause.SLEEP.pause(Duration.ofHours(1));
        }
    }

    private static DataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    static Process start(ServerAddress server, TwoLedgers ledgers) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName(),
                        server.toString(),
                        ledgers.jdbcUrl(0),
                        ledgers.jdbcUrl(1),
                        ledgers.jdbcUrl(2))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
