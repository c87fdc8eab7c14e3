-- What one account is to another is one row, and one lock: an account that blocks another cannot follow it.
-- state 3: blocks.
-- blocks: how often the follower has blocked the followee. It never falls, so that whoever reads it later, even after an
-- unblock, knows which follows are of before.
-- blocks_seen: how often the followee had blocked the follower when it was decided that the follower may follow. A follow that
-- has seen fewer blocks than there are is void.
ALTER TABLE follow
  ADD COLUMN blocks      integer NOT NULL DEFAULT 0,
  ADD COLUMN blocks_seen integer NOT NULL DEFAULT 0;

-- Of many followers the few that wait to be approved.
CREATE INDEX follower_requested ON follower (followee, follower) WHERE state = 1;
