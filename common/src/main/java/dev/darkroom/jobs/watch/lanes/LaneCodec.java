package dev.darkroom.jobs.watch.lanes;

import dev.darkroom.jobs.ledger.RunCounts;
import dev.darkroom.jobs.watch.times.Times;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a heartbeat says of lanes, as the ledger keeps it: deflated, since the histograms are alike. Byte 0 is the version; of
 * one that this release does not know, nothing is read.
 */
public final class LaneCodec {

    private static final int VERSION = 1;

    private LaneCodec() {}

    /** Null for nothing. */
    public static byte @Nullable [] encode(LaneMinutes minutes) {
        if (minutes.isNothing()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            write(out, minutes.others());
            out.writeShort(minutes.lanes().size());
            for (Map.Entry<String, LaneMinute> lane : new TreeMap<>(minutes.lanes()).entrySet()) {
                out.writeUTF(lane.getKey());
                write(out, lane.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, LaneMinute minute) throws IOException {
        RunCounts counts = minute.counts();
        out.writeFloat((float) minute.donePerSecond());
        out.writeInt((int) counts.done());
        out.writeInt((int) counts.retried());
        out.writeInt((int) counts.snoozed());
        out.writeInt((int) counts.discarded());
        out.writeInt((int) counts.failed());
        out.writeLong(counts.runMicros());
        write(out, minute.waits().encode());
        write(out, minute.runs().encode());
    }

    private static void write(DataOutputStream out, byte @Nullable [] times) throws IOException {
        out.writeShort(times == null ? 0 : times.length);
        if (times != null) {
            out.write(times);
        }
    }

    static LaneMinutes decode(byte[] encoded) {
        if (encoded.length == 0 || encoded[0] != VERSION) {
            return LaneMinutes.NOTHING;
        }
        Inflater inflater = new Inflater(true);
        try (DataInputStream in = new DataInputStream(
                new InflaterInputStream(new ByteArrayInputStream(encoded, 1, encoded.length - 1), inflater))) {
            LaneMinute others = read(in);
            int count = in.readUnsignedShort();
            Map<String, LaneMinute> lanes = new HashMap<>();
            for (int i = 0; i < count; i++) {
                lanes.put(in.readUTF(), read(in));
            }
            return new LaneMinutes(lanes, others);
        } catch (IOException e) {
            throw new UncheckedIOException("What a heartbeat says of lanes is damaged", e);
        } finally {
            inflater.end();
        }
    }

    private static LaneMinute read(DataInputStream in) throws IOException {
        float donePerSecond = in.readFloat();
        RunCounts counts =
                new RunCounts(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readLong());
        return new LaneMinute(donePerSecond, counts, times(in), times(in));
    }

    private static Times times(DataInputStream in) throws IOException {
        byte[] times = in.readNBytes(in.readUnsignedShort());
        return times.length == 0 ? Times.NONE : Times.decode(times);
    }
}
