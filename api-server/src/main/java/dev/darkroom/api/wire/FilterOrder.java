package dev.darkroom.api.wire;

/** The order of the filters before a resource is chosen: a body is read only after the credentials in the query held good. */
public final class FilterOrder {

    public static final int REWRITE_PATH = 100;
    public static final int READ_QUERY = 200;
    public static final int ADMIT_BY_QUERY = 300;
    public static final int READ_BODY = 400;
    public static final int ADMIT_BY_BODY = 500;

    private FilterOrder() {}
}
