package dev.darkroom.jobs.limit;

import java.util.List;

/** Permits that the relays of all databases share. Used by several threads. */
public interface SharedPermits {

    /**
     * Takes permits.
     *
     * @param relay names the relay of one database: its successor takes over what it held
     * @return for each claim how many more may be handed out, at most what was wanted
     * @throws dev.darkroom.jobs.JobException if what is shared cannot be reached
     */
    List<Integer> claim(String relay, List<Claim> claims);

    /** Gives permits of rates back that were not used. May be lost when what is shared cannot be reached. */
    void giveBack(String relay, List<Claim> unused);
}
