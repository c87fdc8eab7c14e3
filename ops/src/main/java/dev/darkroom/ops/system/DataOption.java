package dev.darkroom.ops.system;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which system a command is about. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder the system keeps everything in. Default: $$DARKROOM_DATA, or the folder data of"
                    + " the project.")
    private @Nullable Path data;

    public DataFolder folder() {
        return new DataFolder(Optional.ofNullable(data)
                .or(() -> Optional.ofNullable(System.getenv("DARKROOM_DATA"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of))
                .orElseGet(() -> Installation.current().defaultData()));
    }
}
