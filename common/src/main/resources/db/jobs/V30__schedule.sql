-- What is enqueued again and again. Which schedules there are, and when, says the code; who paused one, a person.
CREATE TABLE jobs.schedule (
  name      text COLLATE "C" PRIMARY KEY,
  timing    text NOT NULL,
  missed    text NOT NULL,
  next_at   timestamptz NOT NULL,
  last_at   timestamptz,
  enqueued  bigint NOT NULL DEFAULT 0,
  paused_at timestamptz,
  paused_by text,
  asked_at  timestamptz,
  asked_by  text
) WITH (fillfactor = 50);
