package dev.darkroom.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script of this package's resources.
 *
 * @param sha its SHA-1 in hexadecimal, by which Redis knows it
 */
record LuaScript(String source, String sha) {

    static final LuaScript PUSH = load("push.lua");
    static final LuaScript READ = load("read.lua");
    static final LuaScript BEGIN = load("begin.lua");
    static final LuaScript MERGE = load("merge.lua");
    static final LuaScript REMOVE = load("remove.lua");

    private static LuaScript load(String name) {
        try (InputStream resource = LuaScript.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The script " + name + " is missing beside the classes; build again");
            }
            byte[] source = resource.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
            return new LuaScript(
                    new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
