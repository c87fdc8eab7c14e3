package dev.darkroom.ops.handout;

import dev.darkroom.jobs.breaker.Breakers;
import dev.darkroom.jobs.breaker.LaneId;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that sets the breaker of one lane in every database. Doing so again is no failure. */
abstract class BreakerChange implements Callable<Integer> {

    @Mixin
    private LedgerAccess access = new LedgerAccess();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The job type, such as media.render.")
    private String type = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LANE",
            defaultValue = "",
            description = "The lane; left out for a type whose jobs share one.")
    private String lane = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} prints. */
    private record Change(String type, String lane, String set, boolean changed) {}

    abstract boolean change(Connection connection, LaneId lane, String by) throws SQLException;

    abstract String done(boolean changed);

    @Override
    public final Integer call() {
        LaneId id = new LaneId(type, lane);
        boolean changed = access.everywhere((database, connection) -> change(connection, id, LedgerAccess.whoAmI()))
                .contains(true);
        PrintWriter out = spec.commandLine().getOut();
        if (access.isJson()) {
            out.println(LedgerAccess.json(new Change(type, lane, spec.name(), changed)));
        } else {
            out.println((lane.isEmpty() ? type : type + ", lane " + lane) + ": " + done(changed));
        }
        out.flush();
        return 0;
    }

    /** Holds a lane back. */
    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description =
                    "Let nothing of a lane out until 'breakers auto' or 'breakers close'; takes effect in a second or two.")
    static final class Open extends BreakerChange {

        @Override
        boolean change(Connection connection, LaneId lane, String by) throws SQLException {
            Breakers.open(connection, lane, by);
            return true;
        }

        @Override
        String done(boolean changed) {
            return "open, nothing goes out until 'breakers auto' or 'breakers close'";
        }
    }

    /** Lets a lane out whatever outcomes say. */
    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description =
                    "Let a lane out as if all were well until 'breakers auto' or 'breakers open': its failures use attempts.")
    static final class Close extends BreakerChange {

        @Override
        boolean change(Connection connection, LaneId lane, String by) throws SQLException {
            Breakers.close(connection, lane, by);
            return true;
        }

        @Override
        String done(boolean changed) {
            return "closed, its jobs go out and their failures use attempts until 'breakers auto'";
        }
    }

    /** Leaves a lane to outcomes again. */
    @Command(
            name = "auto",
            mixinStandardHelpOptions = true,
            description = "Leave a lane to its outcomes again. One that they had opened is probed at once.")
    static final class Auto extends BreakerChange {

        @Override
        boolean change(Connection connection, LaneId lane, String by) throws SQLException {
            return Breakers.automatic(connection, lane);
        }

        @Override
        String done(boolean changed) {
            return changed ? "left to its outcomes again" : "nobody had set it";
        }
    }
}
