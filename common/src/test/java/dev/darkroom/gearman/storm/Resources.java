package dev.darkroom.gearman.storm;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM holds: heap after a collection, open files. */
final class Resources {

    private Resources() {}

    /** Bytes in use after a full collection. */
    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static long openFiles() {
        return system().getOpenFileDescriptorCount();
    }

    /**
     * Skips a test that needs more open files than this JVM may have. A JVM raises its soft limit to the hard one when it
     * starts, so what is left is the hard limit, which only who starts it can raise.
     */
    static void requireFiles(int count) {
        long limit = system().getMaxFileDescriptorCount();
        long needed = openFiles() + count;
        boolean enough = needed <= limit;
        String reason = "needs " + needed + " open files, ulimit -Hn allows " + limit;
        if (!enough && "true".equals(System.getenv("CI")) && "root".equals(System.getProperty("user.name"))) {
            fail(reason + "; with CI=true raise it");
        }
        assumeTrue(enough, reason);
    }

    private static UnixOperatingSystemMXBean system() {
        return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
