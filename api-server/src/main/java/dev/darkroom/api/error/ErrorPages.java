package dev.darkroom.api.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The envelope for what the HTTP server refuses before any of our code sees it, such as a request line it cannot parse. */
public final class ErrorPages extends ErrorHandler {

    private final ObjectMapper json;
    private final Map<String, String> headers;

    /** @param headers that every answer has, whoever made it */
    public ErrorPages(ObjectMapper json, Map<String, String> headers) {
        this.json = json;
        this.headers = Map.copyOf(headers);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ErrorType type = status >= 500 ? ErrorType.FAILED : ErrorType.REFUSED;
        String text = status >= 500 ? FailureMapper.MESSAGE : "The request could not be read.";
        headers.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        Content.Sink.write(response, true, body(new ErrorBody(status, type.wireName(), text)), callback);
    }

    private String body(ErrorBody error) {
        try {
            return json.writeValueAsString(new ErrorBody.Envelope(error));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An error of strings and a number could not be written", e);
        }
    }
}
