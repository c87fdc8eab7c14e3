package dev.darkroom.jobs.limit;

import dev.darkroom.jobs.JobException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shared permits while they can be reached, and this relay's own share while not: asked for again every five seconds. Used by
 * one thread.
 */
public final class FallingBack implements SharedPermits {

    private static final Logger LOG = LoggerFactory.getLogger(FallingBack.class);

    private static final long TRY_AGAIN = Duration.ofSeconds(5).toNanos();

    private final SharedPermits shared;
    private final OwnShare ownShare;
    private boolean away;
    private long awaySince;

    public FallingBack(SharedPermits shared, OwnShare ownShare) {
        this.shared = shared;
        this.ownShare = ownShare;
    }

    /** Whether the last claim was granted from the own share. */
    public boolean isAway() {
        return away;
    }

    @Override
    public List<Integer> claim(String relay, List<Claim> claims) {
        if (away && System.nanoTime() - awaySince < TRY_AGAIN) {
            return ownShare.claim(relay, claims);
        }
        try {
            List<Integer> granted = shared.claim(relay, claims);
            if (away) {
                LOG.info("Limits are shared with the other databases' relays again");
                away = false;
            }
            return granted;
        } catch (JobException e) {
            if (!away) {
                LOG.warn(
                        "Limits cannot be shared with the other databases' relays, so each lets out its own share: {}",
                        e.getMessage());
            }
            away = true;
            awaySince = System.nanoTime();
            return ownShare.claim(relay, claims);
        }
    }

    @Override
    public void giveBack(String relay, List<Claim> unused) {
        if (away) {
            ownShare.giveBack(relay, unused);
            return;
        }
        try {
            shared.giveBack(relay, unused);
        } catch (JobException e) {
            LOG.debug("Permits that were not used could not be given back; they come again with time", e);
        }
    }
}
