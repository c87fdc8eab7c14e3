package dev.darkroom.jobs.death;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link FlightRecorder} holds when it is read.
 *
 * @param stopping whether the process had been asked to stop
 */
record Flight(Path file, FlightHeader header, boolean stopping, List<RunningJob> running) {

    /** Empty if the file is not complete, as when its process died while it was made. */
    static Optional<Flight> read(Path file) throws IOException {
        ByteBuffer memory = ByteBuffer.wrap(Files.readAllBytes(file));
        if (!FlightHeader.isThere(memory)) {
            return Optional.empty();
        }
        List<RunningJob> running = new ArrayList<>();
        int slots = Math.min(FlightHeader.slots(memory), (memory.capacity() - FlightHeader.SIZE) / FlightSlot.SIZE);
        for (int i = 0; i < slots; i++) {
            RunningJob job =
                    new FlightSlot(memory.slice(FlightHeader.SIZE + i * FlightSlot.SIZE, FlightSlot.SIZE)).read();
            if (job != null) {
                running.add(job);
            }
        }
        return Optional.of(
                new Flight(file, FlightHeader.read(memory), FlightHeader.isStopping(memory), List.copyOf(running)));
    }

    boolean processRuns() {
        return ProcessTimes.runs(header.pid(), header.startTime());
    }
}
