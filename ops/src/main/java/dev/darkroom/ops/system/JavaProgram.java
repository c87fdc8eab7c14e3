package dev.darkroom.ops.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A class with a main method and how its JVM is sized.
 *
 * @param module the module whose class path it runs on
 * @param flags JVM flags besides {@link #EVERYWHERE}
 */
record JavaProgram(String module, String mainClass, List<String> flags) {

    /** A process that is out of memory is replaced, which is better than one that limps. */
    private static final List<String> EVERYWHERE = List.of(
            "-XX:+UseSerialGC",
            // While one thread is inside native code with an array (the JPEG decoder), others that need a collection
            // wait for it, and after two waits they are told that there is no memory, of which there may be plenty.
            // Newer versions have neither the flag nor the need.
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:GCLockerRetryAllocationCount=1000",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true");

    private static final List<String> SMALL = List.of(
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:ReservedCodeCacheSize=24m",
            "-Dio.netty.allocator.type=unpooled",
            "-Dio.netty.noPreferDirect=true");

    /** One arena in place of eight a core saves some 15 MB of each of many processes. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "1");

    /** First starts on a cold, busy machine. */
    private static final Duration READY = Duration.ofSeconds(90);

    /** A process of which there are many: what a JVM does beyond its heap is kept small too. */
    static JavaProgram small(String module, String mainClass, String... heap) {
        List<String> flags = new ArrayList<>(List.of(heap));
        flags.addAll(SMALL);
        return new JavaProgram(module, mainClass, List.copyOf(flags));
    }

    /** The Java this process runs on. */
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Leaves in the folder what a JVM can say of its own death. */
    JavaProgram leavingEvidence(Path folder) {
        List<String> more = new ArrayList<>(flags);
        more.add("-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
        more.add("-XX:+HeapDumpOnOutOfMemoryError");
        more.add("-XX:HeapDumpPath=" + folder);
        return new JavaProgram(module, mainClass, List.copyOf(more));
    }

    ChildPart.Program program(
            ProgramCopy programs,
            Path log,
            Duration stopWithin,
            Map<String, String> environment,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(EVERYWHERE);
        command.addAll(flags);
        command.add("-cp");
        command.add(programs.classPath(module));
        command.add(mainClass);
        command.addAll(arguments);
        Map<String, String> all = new java.util.HashMap<>(ENVIRONMENT);
        all.putAll(environment);
        return new ChildPart.Program(command, all, log, READY, stopWithin);
    }
}
