package dev.darkroom.ops.demo;

import dev.darkroom.ops.system.OpsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Who follows whom, as a file says: gzip CSV with the header {@code follower,followee}, one edge a line, accounts numbered
 * from 1. Immutable; the arrays are not to be written.
 *
 * @param name told apart from other graphs by it: part of the digest of the file
 * @param accounts the highest number
 * @param followers of edge i
 * @param followees of edge i
 */
record Graph(String name, int accounts, int[] followers, int[] followees) {

    private static final String HEADER = "follower,followee";
    private static final int NAME_BYTES = 4;
    private static final int MOST_ACCOUNTS = 50_000_000;

    static Graph read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            DigestInputStream digested = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"));
            Edges edges = parse(file, digested);
            digested.transferTo(OutputStream.nullOutputStream());
            String name = HexFormat.of().formatHex(digested.getMessageDigest().digest(), 0, NAME_BYTES);
            return new Graph(name, edges.highest, edges.followers(), edges.followees());
        } catch (NoSuchFileException e) {
            throw new OpsException("There is no graph file " + file + ": correct --graph.", e);
        } catch (ZipException e) {
            throw new OpsException(file + " is not gzip (" + e.getMessage() + "): --graph takes a .csv.gz file.", e);
        } catch (IOException e) {
            throw new OpsException("The graph file " + file + " can't be read: " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Edges parse(Path file, InputStream compressed) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(compressed), StandardCharsets.US_ASCII));
        if (!HEADER.equals(lines.readLine())) {
            throw new OpsException(file + " does not begin with the line " + HEADER + ".");
        }
        Edges edges = new Edges();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            int comma = line.indexOf(',');
            if (comma < 0) {
                throw new OpsException("Line " + number + " of " + file + " is no edge: " + line);
            }
            edges.add(
                    account(file, number, line.substring(0, comma)), account(file, number, line.substring(comma + 1)));
        }
        if (edges.highest == 0) {
            throw new OpsException("The graph file " + file + " holds no edge: nobody would see a photo.");
        }
        return edges;
    }

    private static int account(Path file, int line, String digits) {
        try {
            int account = Integer.parseInt(digits);
            if (account >= 1 && account <= MOST_ACCOUNTS) {
                return account;
            }
        } catch (NumberFormatException e) {
            throw new OpsException("Line " + line + " of " + file + " holds no account number: " + digits, e);
        }
        throw new OpsException("Line " + line + " of " + file + " holds an account number below 1 or beyond "
                + MOST_ACCOUNTS + ": " + digits);
    }

    int edges() {
        return followers.length;
    }

    /** How many follow each account, by number; index 0 is nobody. */
    int[] followerCounts() {
        int[] counts = new int[accounts + 1];
        for (int followee : followees) {
            counts[followee]++;
        }
        return counts;
    }
}
