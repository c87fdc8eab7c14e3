package dev.darkroom.ops.bench.load;

import dev.darkroom.jobs.sensitive.SensitiveText;

/** With arguments as JSON, the text encrypted. */
record SensitiveJob(int number, SensitiveText text) implements NumberedJob {}
