package dev.darkroom.ops.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Our own processes: the API, the relay pool, and the pools for the job types. */
record ServiceParts(ProgramCopy programs, DataFolder data) {

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
     * @param name of its processes
     * @param heap the JVM's heap flags: rendering holds whole photos, the rest next to nothing
     */
    record Pool(String name, List<String> types, int processes, int threads, List<String> heap) {

        private static final List<String> SMALL_HEAP = List.of("-Xms6m", "-Xmx64m", "-Xmn4m");

        static Pool of(String type, int threads) {
            return new Pool(type, List.of(type), 1, threads, SMALL_HEAP);
        }

        /** For types that have little to do: a process costs more memory than their jobs. */
        static Pool shared(String name, int threads, String... types) {
            return new Pool(name, List.of(types), 1, threads, SMALL_HEAP);
        }
    }

    /** Together they do every job type there is. */
    static final List<Pool> POOLS = List.of(
            new Pool("media.render", List.of("media.render"), 1, 2, List.of("-Xms16m", "-Xmx256m")),
            Pool.shared("feed.fanout", 2, "feed.fanout", "feed.fanned-out"),
            Pool.of("feed.deliver", 4),
            Pool.of("feed.merge", 2),
            Pool.of("feed.remove", 2),
            Pool.of("follow.mirror", 2),
            Pool.of("media.delete", 1),
            Pool.shared("maintenance", 2, "users.finish-sign-ups", "photos.sweep"));

    /** What does the jobs that killed their process, whatever their type: as large as the largest pool. */
    static final String ALONE = "alone-1";

    private static final String[] ALONE_HEAP = {"-Xms6m", "-Xmx256m", "-Xmn4m"};

    List<Part> parts(Path apiFile) {
        List<Part> parts = new ArrayList<>();
        IntStream.rangeClosed(1, RELAYS).mapToObj(this::relay).forEach(parts::add);
        parts.add(part(API, Stage.API, api(apiFile)));
        POOLS.stream().flatMap(this::pool).forEach(parts::add);
        parts.add(workerPart(ALONE, List.of("--alone"), ALONE_HEAP));
        return parts;
    }

    private Part relay(int number) {
        String name = "relay-" + number;
        return part(
                name,
                Stage.RELAY,
                worker("-Xms8m", "-Xmx128m")
                        .program(programs, data.log(name), WORKER_STOP, Map.of(), workerArguments(List.of("--relay"))));
    }

    private Stream<Part> pool(Pool pool) {
        return IntStream.rangeClosed(1, pool.processes()).mapToObj(number -> {
            String name = pool.name() + "-" + number;
            List<String> own = new ArrayList<>(List.of("--threads", String.valueOf(pool.threads())));
            pool.types().forEach(type -> own.addAll(List.of("--type", type)));
            return workerPart(name, own, pool.heap().toArray(String[]::new));
        });
    }

    private Part workerPart(String name, List<String> own, String... heap) {
        List<String> arguments = workerArguments(own);
        arguments.addAll(List.of("--run-folder", data.workerFolder().toString()));
        JavaProgram program = worker(heap).leavingEvidence(data.workerFolder());
        return part(name, Stage.WORKERS, program.program(programs, data.log(name), WORKER_STOP, Map.of(), arguments));
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
                        programs,
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
