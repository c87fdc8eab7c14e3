-- Authors with so many followers that their photos are not brought into feeds: whoever reads a feed adds them. For ever: the
-- feeds lack what they posted since.
CREATE TABLE large_author (
  user_id bigint PRIMARY KEY,
  since   timestamptz NOT NULL DEFAULT clock_timestamp()
);
