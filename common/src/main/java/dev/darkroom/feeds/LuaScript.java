package dev.darkroom.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script of this package's resources, behind the prelude that all share.
 *
 * @param sha its SHA-1 in hexadecimal, by which Redis knows it
 */
record LuaScript(String source, String sha) {

    static final LuaScript PUSH = load("push.lua");
    static final LuaScript READ = load("read.lua");
    static final LuaScript BEGIN = load("begin.lua");
    static final LuaScript MERGE = load("merge.lua");
    static final LuaScript FORGET = load("forget.lua");
    static final LuaScript ENTER = load("enter.lua");
    static final LuaScript LEAVE = load("leave.lua");

    private static LuaScript load(String name) {
        byte[] source = (resource("prelude.lua") + resource(name)).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
            return new LuaScript(
                    new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static String resource(String name) {
        try (InputStream resource = LuaScript.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The script " + name + " is missing beside the classes; build again");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
