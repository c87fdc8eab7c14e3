package dev.darkroom.ops.bench.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How figures are printed. */
public final class Figures {

    private Figures() {}

    /** On one line. */
    public static String json(Object keys) {
        try {
            return JsonMapper.builder().build().writeValueAsString(keys);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Figures are plain numbers and text", e);
        }
    }

    /** To two decimals. */
    public static double ratio(double ours, double reference) {
        return Math.round(ours / reference * 100) / 100.0;
    }

    /** To three decimals. */
    public static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
