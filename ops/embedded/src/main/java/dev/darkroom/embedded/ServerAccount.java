package dev.darkroom.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who runs PostgreSQL, which refuses root. An ordinary user: itself. Root: the data folder's owner if that is somebody
 * else; or root without its powers, in a user namespace; or, where there are none (many containers), an unprivileged
 * account, to which the data folder is given.
 *
 * @param prefix the words before a command that make it run so
 * @param owner the user id that must own the data folder
 */
record ServerAccount(List<String> prefix, long owner) {

    private static final long ROOT = 0;
    private static final List<String> ACCOUNTS = List.of("postgres", "nobody");

    /**
     * @param user the effective user id of this process
     * @param data the data folder, which exists
     * @param program one that the account must be able to run
     */
    static ServerAccount choose(long user, Path data, Path program) throws IOException {
        long owner = ownerOf(data);
        if (user != ROOT) {
            if (owner != user) {
                throw new EmbeddedServerException("The data folder " + data + " belongs to "
                        + Files.getOwner(data).getName() + " and this is "
                        + System.getProperty("user.name") + ": start as that user or choose another folder.");
            }
            return new ServerAccount(List.of(), user);
        }
        if (owner != ROOT) {
            return unprivileged(owner, groupOf(data), data, program);
        }
        return inUserNamespace()
                .or(() -> existing(data, program))
                .orElseThrow(() -> new EmbeddedServerException(
                        "PostgreSQL does not run as root, user namespaces are not available here, and there is neither"
                                + " an account postgres nor nobody: start as an ordinary user."));
    }

    /** Gives the folder and what it holds to the account. */
    void own(Path folder) throws IOException {
        if (ownerOf(folder) != owner) {
            run(List.of("chown", "-R", String.valueOf(owner), folder.toString()));
        }
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    private static Optional<ServerAccount> inUserNamespace() {
        List<String> unshare = List.of("unshare", "-U");
        return run(List.of("unshare", "-U", "true")).isPresent()
                ? Optional.of(new ServerAccount(unshare, ROOT))
                : Optional.empty();
    }

    private static Optional<ServerAccount> existing(Path data, Path program) {
        for (String account : ACCOUNTS) {
            Optional<String> user = run(List.of("id", "-u", account));
            Optional<String> group = run(List.of("id", "-g", account));
            if (user.isPresent() && group.isPresent()) {
                return Optional.of(
                        unprivileged(Long.parseLong(user.get()), Long.parseLong(group.get()), data, program));
            }
        }
        return Optional.empty();
    }

    /** Where the account can't reach the data folder, such as one below /root, it is lent root's right to. */
    private static ServerAccount unprivileged(long user, long group, Path data, Path program) {
        List<String> become = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
        ServerAccount plain = new ServerAccount(become, user);
        List<String> lending = new ArrayList<>(become);
        lending.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        ServerAccount lent = new ServerAccount(lending, user);
        if (plain.canRun(List.of(program.toString(), "--version"))) {
            List<String> enter = List.of("sh", "-c", "cd \"$0\"", String.valueOf(data.getParent()));
            if (plain.canRun(enter)) {
                return plain;
            }
            if (lent.canRun(enter)) {
                return lent;
            }
        }
        throw new EmbeddedServerException("PostgreSQL does not run as root, and user " + user
                + " can't run it instead: that takes the program setpriv (util-linux) and folders that this user can"
                + " enter. " + program + " or " + data + " lies in one it can't: start as an ordinary user or choose"
                + " folders outside of root's home.");
    }

    private boolean canRun(List<String> command) {
        return run(command(command)).isPresent();
    }

    /** What the command printed when it succeeded; empty when it failed or does not exist. */
    private static Optional<String> run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 ? Optional.of(text.strip()) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw EmbeddedServerException.interrupted("looking for an account to run PostgreSQL", e);
        }
    }

    private static long ownerOf(Path folder) throws IOException {
        return ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
    }

    private static long groupOf(Path folder) throws IOException {
        return ((Number) Files.getAttribute(folder, "unix:gid")).longValue();
    }
}
