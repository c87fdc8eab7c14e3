package dev.darkroom.ops.bench.measure;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process and those it has started have taken so far.
 *
 * @param processor time of it, as the operating system tells
 */
public record ProcessUse(Duration processor, SystemCalls calls) {

    public static final ProcessUse NONE = new ProcessUse(Duration.ZERO, SystemCalls.NONE);

    static ProcessUse of(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .map(ProcessUse::ofOne)
                        .reduce(NONE, ProcessUse::plus))
                .orElse(NONE);
    }

    private static ProcessUse ofOne(ProcessHandle process) {
        Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessUse(processor, SystemCalls.of(process.pid()));
    }

    ProcessUse plus(ProcessUse other) {
        return new ProcessUse(processor.plus(other.processor), calls.plus(other.calls));
    }

    /** What was added to an earlier reading. */
    public ProcessUse since(ProcessUse before) {
        return new ProcessUse(processor.minus(before.processor), calls.since(before.calls));
    }
}
