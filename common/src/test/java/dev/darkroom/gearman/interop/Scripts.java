package dev.darkroom.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.gearman.Priority;
import dev.darkroom.gearman.ServerAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A client and a worker written in a scripting language, on its own Gearman library. */
enum Scripts implements Caller, Doer {
    PERL(InstalledProgram.PERL, "pl"),
    PHP(InstalledProgram.PHP, "php");

    private static final byte[] NOTHING = {};

    private final InstalledProgram interpreter;
    private final String client;
    private final String worker;

    Scripts(InstalledProgram interpreter, String extension) {
        this.interpreter = interpreter;
        client = script("client." + extension);
        worker = script("worker." + extension);
    }

    @Override
    public void require() {
        interpreter.require();
    }

    @Override
    public AutoCloseable start(ServerAddress server, String prefix) {
        return interpreter.start(worker, Integer.toString(server.port()), hex(prefix));
    }

    @Override
    public List<String> run(ServerAddress server, String function, byte[] payload, Priority priority) {
        return ask(server, payload, "run", hex(function), name(priority));
    }

    /** Runs a job and gives up after this many seconds. */
    List<String> run(ServerAddress server, String function, byte[] payload, double seconds) {
        return ask(server, payload, "run", hex(function), name(Priority.NORMAL), "", Double.toString(seconds));
    }

    /** Submits a background job; its handle. */
    String submit(ServerAddress server, String function, String unique, byte[] payload, Priority priority) {
        String line = ask(server, payload, "submit", hex(function), name(priority), hex(unique))
                .get(0);
        return line.substring("handle ".length());
    }

    /** What the client is told of a handle: {@code known 1 running 0 0/0}. */
    String status(ServerAddress server, String handle) {
        return ask(server, NOTHING, "status", handle).get(0);
    }

    /** Runs several jobs at once; what was completed, in that order. */
    List<String> together(ServerAddress server, String function, List<String> payloads) {
        List<String> arguments = new ArrayList<>(List.of("together", hex(function)));
        payloads.forEach(payload -> arguments.add(hex(payload)));
        return ask(server, NOTHING, arguments.toArray(String[]::new));
    }

    /** Runs any command of the client's script. */
    List<String> ask(ServerAddress server, byte[] payload, String... arguments) {
        List<String> line = new ArrayList<>(List.of(client, Integer.toString(server.port())));
        line.addAll(List.of(arguments));
        return interpreter.run(payload, line.toArray(String[]::new)).succeeded().lines();
    }

    /** Names go in hex, since the arguments of a process are not free of the locale. */
    static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private static String name(Priority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }

    private static String script(String name) {
        try {
            return Path.of(Objects.requireNonNull(Scripts.class.getResource(name), name)
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
