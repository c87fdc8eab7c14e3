package dev.darkroom.ops.killtest.load;

import dev.darkroom.gearman.ServerAddress;
import dev.darkroom.jobs.death.RunFolder;
import dev.darkroom.ops.killtest.sabotage.Sabotage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process of the load is told on its command line.
 *
 * @param number its own, never given twice
 * @param folder where its logs go
 * @param remote the port of the service that is called
 */
public record LoadSettings(
        int number,
        long seed,
        Path folder,
        String jdbcUrl,
        String redis,
        int remote,
        Sabotage sabotage,
        List<ServerAddress> jobServers) {

    public static final int DATABASE = 1;

    private static final int FIXED = 7;

    public LoadSettings withNumber(int other) {
        return new LoadSettings(other, seed, folder, jdbcUrl, redis, remote, sabotage, jobServers);
    }

    public String[] toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(number),
                Long.toString(seed),
                folder.toString(),
                jdbcUrl,
                redis,
                Integer.toString(remote),
                sabotage.name()));
        jobServers.forEach(server -> arguments.add(server.toString()));
        return arguments.toArray(String[]::new);
    }

    static LoadSettings parse(String[] arguments) {
        return new LoadSettings(
                Integer.parseInt(arguments[0]),
                Long.parseLong(arguments[1]),
                Path.of(arguments[2]),
                arguments[3],
                arguments[4],
                Integer.parseInt(arguments[5]),
                Sabotage.valueOf(arguments[6]),
                List.of(arguments).subList(FIXED, arguments.length).stream()
                        .map(ServerAddress::parse)
                        .toList());
    }

    /** Where worker processes note what they run, and where a kill is announced that is to cast suspicion on no job. */
    public RunFolder runFolder() {
        return new RunFolder(folder.resolve("workers"));
    }

    Path file(String what) {
        return folder.resolve(what + "-" + number + ".log");
    }
}
