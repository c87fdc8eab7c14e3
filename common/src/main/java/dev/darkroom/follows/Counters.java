package dev.darkroom.follows;

/**
 * The end of a statement whose part "edge" has changed an edge or nothing: counts the change and returns the new state; for a
 * copy also that part "block" has refused it.
 */
final class Counters {

    static final String ADD_TO_FOLLOWS = """
            , counted AS (
              UPDATE <shard>.account_count c SET follows = c.follows + (edge.state = 2)::int - (edge.was = 2)::int
              FROM edge WHERE c.user_id = :follower AND (edge.state = 2) <> (edge.was = 2))
            SELECT state FROM edge""";

    static final String ADD_TO_FOLLOWED_BY = """
            , counted AS (
              UPDATE <shard>.account_count c SET followed_by = c.followed_by + (edge.state = 2)::int - (edge.was = 2)::int
              FROM edge WHERE c.user_id = :followee AND (edge.state = 2) <> (edge.was = 2))
            SELECT state, 0 AS blocks FROM edge UNION ALL SELECT 0, blocks FROM block""";

    private Counters() {}
}
