-- Lanes whose other side could not be reached lately, or that a person has opened or closed; all others have no row.
-- The policy is that of the type when the row came to be, so that whoever hands out need not know the type.
CREATE TABLE jobs.breaker (
  type          text COLLATE "C" NOT NULL,
  lane          text COLLATE "C" NOT NULL,
  state         text NOT NULL CHECK (state IN ('closed', 'open', 'draining')),
  by_hand       text CHECK (by_hand IN ('open', 'closed')),
  set_by        text,
  failures      integer NOT NULL DEFAULT 0,
  probes        integer NOT NULL DEFAULT 0,
  probe_at      timestamptz,
  since         timestamptz NOT NULL DEFAULT clock_timestamp(),
  reason        text NOT NULL DEFAULT '',
  threshold     integer NOT NULL,
  first_probe   interval NOT NULL,
  longest_probe interval NOT NULL,
  first_rate    double precision NOT NULL,
  top_rate      double precision NOT NULL,
  doubling      interval NOT NULL,
  PRIMARY KEY (type, lane)
) WITH (fillfactor = 50);
