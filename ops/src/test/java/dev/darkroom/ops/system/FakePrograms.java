package dev.darkroom.ops.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Parts that are tiny shell programs: real processes that say ready as ours do. */
final class FakePrograms {

    private static final Duration READY = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Path folder;

    FakePrograms(Path folder) {
        this.folder = folder;
    }

    /** Ready at once; on SIGTERM it writes its name to the file {@code stopped} and leaves. */
    Part obedient(String name, Stage stage) {
        return part(
                name,
                stage,
                "trap 'echo " + name + " >>" + folder.resolve("stopped")
                        + "; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
    }

    Part part(String name, Stage stage, String script) {
        ChildPart.Program program = new ChildPart.Program(
                List.of("sh", "-c", script), Map.of(), folder.resolve(name + ".log"), READY, STOP);
        return new Part(name, stage, () -> ChildPart.start(name, program));
    }
}
