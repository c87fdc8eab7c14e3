package dev.darkroom.ops.system;

import dev.darkroom.config.PartsConfiguration;
import dev.darkroom.jobs.JobTypes;
import dev.darkroom.jobs.ledger.DirectSubmission;
import dev.darkroom.jobs.ledger.Ledger;
import dev.darkroom.shards.PhysicalDatabase;
import dev.darkroom.shards.Shards;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose ledgers a command is about: those of a running system, or those that a parts file names. */
public final class LedgersOption {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--parts",
            paramLabel = "FILE",
            description = "The parts file that says where the databases are, instead of a running system's.")
    private @Nullable Path parts;

    /** Opens the databases without connecting; to be closed. */
    public Shards open() {
        Path file = parts == null ? RunningSystem.require(data.folder()).data().partsFile() : parts;
        return Shards.open(PartsConfiguration.load(file), new JobTypes(List.of()), DirectSubmission.NONE);
    }

    /** One for each physical database. */
    public static List<Ledger> ledgers(Shards shards) {
        return shards.databases().stream().map(PhysicalDatabase::ledger).toList();
    }
}
