package dev.darkroom.users;

/**
 * The condition that hides from a viewer what belongs to accounts that block them. A block lies in the shard of whoever
 * blocks, as all that they own does, so a statement that reads the one can ask for the other: a look into a primary key for
 * each row, and no further round trip.
 */
public final class BlockCondition {

    private BlockCondition() {}

    /**
     * To be joined with AND; the statement binds {@code :viewer}.
     *
     * @param schema of the owner's shard
     * @param owner the column that holds the owner
     */
    public static String ownerDoesNotBlockViewer(String schema, String owner) {
        return "NOT EXISTS (SELECT 1 FROM " + schema + ".follow b WHERE b.follower = " + owner
                + " AND b.followee = :viewer AND b.state = 3)";
    }
}
