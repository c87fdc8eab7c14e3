package dev.darkroom.ops.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Our own processes: the API, the relay pool, and a pool for each job type. */
record ServiceParts(Installation installation, DataFolder data) {

    static final String API = "api";

    /** What a stop waits for running jobs; what is not done by then is given back. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /** Draining, giving back and leaving. */
    private static final Duration WORKER_STOP = Duration.ofSeconds(20);

    private static final Duration API_STOP = Duration.ofSeconds(10);
    private static final int RELAYS = 2;

    /**
     * How a pool begins.
     *
     * @param heap the JVM's heap flags: rendering holds whole photos, the rest next to nothing
     */
    record Pool(String type, int processes, int threads, List<String> heap) {

        static Pool of(String type, int threads) {
            return new Pool(type, 1, threads, List.of("-Xms6m", "-Xmx64m", "-Xmn4m"));
        }
    }

    /** A pool for every job type there is. */
    static final List<Pool> POOLS = List.of(
            new Pool("media.render", 1, 2, List.of("-Xms16m", "-Xmx256m")),
            Pool.of("feed.fanout", 2),
            Pool.of("feed.deliver", 4),
            Pool.of("feed.merge", 2),
            Pool.of("feed.remove", 2),
            Pool.of("follow.mirror", 2),
            Pool.of("media.delete", 1));

    List<Part> parts(Path apiFile) {
        List<Part> parts = new ArrayList<>();
        IntStream.rangeClosed(1, RELAYS).mapToObj(this::relay).forEach(parts::add);
        parts.add(part(API, Stage.API, api(apiFile)));
        POOLS.stream().flatMap(this::pool).forEach(parts::add);
        return parts;
    }

    private Part relay(int number) {
        String name = "relay-" + number;
        return part(
                name,
                Stage.RELAY,
                worker("-Xms8m", "-Xmx128m")
                        .program(
                                installation,
                                data.log(name),
                                WORKER_STOP,
                                Map.of(),
                                workerArguments(List.of("--relay"))));
    }

    private Stream<Part> pool(Pool pool) {
        return IntStream.rangeClosed(1, pool.processes()).mapToObj(number -> {
            String name = pool.type() + "-" + number;
            List<String> arguments =
                    workerArguments(List.of("--type", pool.type(), "--threads", String.valueOf(pool.threads())));
            return part(
                    name,
                    Stage.WORKERS,
                    worker(pool.heap().toArray(String[]::new))
                            .program(installation, data.log(name), WORKER_STOP, Map.of(), arguments));
        });
    }

    private List<String> workerArguments(List<String> own) {
        List<String> arguments =
                new ArrayList<>(List.of("--parts", data.partsFile().toString()));
        arguments.addAll(own);
        arguments.addAll(List.of("--drain-timeout", String.valueOf(DRAIN.toSeconds()), "--exit-on-stdin-end"));
        return arguments;
    }

    private ChildPart.Program api(Path apiFile) {
        return new JavaProgram("api-server", "dev.darkroom.api.ApiApplication", List.of("-Xms32m", "-Xmx256m"))
                .program(
                        installation,
                        data.log(API),
                        API_STOP,
                        Map.of(),
                        List.of("server", apiFile.toString(), "--exit-on-stdin-end"));
    }

    private static JavaProgram worker(String... heap) {
        return JavaProgram.small("workers", "dev.darkroom.workers.WorkerMain", heap);
    }

    private static Part part(String name, Stage stage, ChildPart.Program program) {
        return new Part(name, stage, () -> ChildPart.start(name, program));
    }
}
