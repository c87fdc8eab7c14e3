-- Which of the platform's rarer features a row uses, so that rows that use none cost nothing more (Mark.java).
ALTER TABLE jobs.job ADD COLUMN marks smallint NOT NULL DEFAULT 0;
ALTER TABLE jobs.later_job ADD COLUMN marks smallint NOT NULL DEFAULT 0;
ALTER TABLE jobs.failed_job ADD COLUMN marks smallint NOT NULL DEFAULT 0;
