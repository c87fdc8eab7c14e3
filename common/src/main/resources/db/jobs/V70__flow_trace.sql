-- The trace of whoever began the flow, which what follows goes on with.
ALTER TABLE jobs.flow ADD COLUMN trace text;
