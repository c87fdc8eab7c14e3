-- Limits that a person has set, which replace those of the type's code; in force where limits_by_hand is.
ALTER TABLE jobs.type_state
  ADD COLUMN limits_by_hand   boolean NOT NULL DEFAULT false,
  ADD COLUMN limits_set_by    text,
  ADD COLUMN rate_count       bigint,
  ADD COLUMN rate_millis      bigint,
  ADD COLUMN concurrency      integer,
  ADD COLUMN lane_rate_count  bigint,
  ADD COLUMN lane_rate_millis bigint,
  ADD COLUMN lane_concurrency integer;

-- What the relay enforces now, for people; and whether by its own share, since what all share is away.
ALTER TABLE jobs.type_state
  ADD COLUMN limits      text,
  ADD COLUMN limited_by_own_share boolean NOT NULL DEFAULT false;
