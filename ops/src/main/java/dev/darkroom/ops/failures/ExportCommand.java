package dev.darkroom.ops.failures;

import dev.darkroom.jobs.failures.ExportFailures;
import dev.darkroom.ops.system.LedgersOption;
import dev.darkroom.ops.system.OpsException;
import dev.darkroom.shards.Shards;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code failed export}: failures for other programs. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write failed jobs with arguments and stacks, the oldest first. Memory does not grow with their number.",
            "Arguments that are no text are written as base64:… Who did it, and how many, is kept."
        })
final class ExportCommand implements Callable<Integer> {

    enum Format {
        CSV,
        JSONL
    }

    @Mixin
    private LedgersOption ledgers = new LedgersOption();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--format", description = "csv or jsonl, one object a line (default: ${DEFAULT-VALUE}).")
    private Format format = Format.CSV;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "A file that does not exist yet; it holds people's data, so only its owner may read it."
                    + " Default: standard output.")
    private @Nullable Path to;

    @Option(names = "--by", paramLabel = "NAME", description = "Who wants it (default: this machine's user).")
    private String by = System.getProperty("user.name");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (Shards shards = ledgers.open();
                FailureExport export = FailureExport.to(output(), format)) {
            long count = new ExportFailures(LedgersOption.ledgers(shards)).export(filter.filter(shards), by, export);
            export.finish();
            spec.commandLine().getErr().println(count + " failed jobs exported.");
            return 0;
        }
    }

    private OutputStream output() throws IOException {
        if (to == null) {
            return new FilterOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
                @Override
                public void close() throws IOException {
                    flush();
                }
            };
        }
        try {
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new OpsException(to + " exists already: name another file.", e);
        }
        return new BufferedOutputStream(Files.newOutputStream(to));
    }
}
