package dev.darkroom.shards.schema;

import java.util.List;

/** The databases do not hold what the configuration says. Nothing was changed; the message says what to do. */
public final class MisplacedShardsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MisplacedShardsException(List<String> problems) {
        super("The databases do not hold what the configuration says: " + String.join("; ", problems)
                + ". Nothing was changed. Put the urls and shards of the parts file right, or move the data first, as"
                + " docs/runbook/move-a-shard.md says.");
    }
}
