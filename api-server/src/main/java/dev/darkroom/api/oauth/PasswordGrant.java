package dev.darkroom.api.oauth;

import dev.darkroom.api.error.ApiException;
import dev.darkroom.api.error.ErrorType;
import dev.darkroom.api.wire.RequestParameters;
import dev.darkroom.config.Secret;
import dev.darkroom.users.AccessTokens;
import dev.darkroom.users.LogIn;
import dev.darkroom.users.OAuthClient;
import dev.darkroom.users.OAuthClients;
import dev.darkroom.users.Scope;
import dev.darkroom.users.User;
import dev.darkroom.users.UserId;
import dev.darkroom.users.UserStore;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks application, username and password, and issues a token. Thread-safe. */
public final class PasswordGrant {

    private static final Pattern SEPARATORS = Pattern.compile("[ +,]");

    private final OAuthClients clients;
    private final LogIn logIn;
    private final UserStore users;
    private final AccessTokens tokens;

    public PasswordGrant(OAuthClients clients, LogIn logIn, UserStore users, AccessTokens tokens) {
        this.clients = clients;
        this.logIn = logIn;
        this.users = users;
        this.tokens = tokens;
    }

    record Granted(String token, User user) {}

    Granted grant(RequestParameters parameters) {
        OAuthClient client = trustedClient(parameters);
        Set<Scope> scopes = scopes(parameters, client);
        String username = required(parameters, "username");
        Secret password = Secret.of(required(parameters, "password"));
        UserId id = logIn.logIn(username, password)
                .orElseThrow(() -> new ApiException(ErrorType.OAUTH, "The username or the password is wrong."));
        User user =
                users.find(id).orElseThrow(() -> new ApiException(ErrorType.OAUTH, "The account is being removed."));
        return new Granted(tokens.issue(id, client.id(), scopes), user);
    }

    private OAuthClient trustedClient(RequestParameters parameters) {
        String id = required(parameters, "client_id");
        Secret secret = Secret.of(required(parameters, "client_secret"));
        // One answer for an unknown id and a wrong secret, so that ids cannot be tried out.
        if (!clients.authenticates(id, secret)) {
            throw new ApiException(ErrorType.OAUTH_CLIENT, "Invalid \"client_id\" and/or \"client_secret.\"");
        }
        OAuthClient client = clients.find(id)
                .orElseThrow(() -> new ApiException(ErrorType.OAUTH_CLIENT, "The application was removed."));
        if (!client.trusted()) {
            throw new ApiException(
                    ErrorType.OAUTH, "This application is not approved for grant_type=password; use the code flow.");
        }
        return client;
    }

    /** What was asked for, joined by spaces, plus signs or commas; always with {@code basic}. */
    private static Set<Scope> scopes(RequestParameters parameters, OAuthClient client) {
        Set<Scope> scopes = EnumSet.of(Scope.BASIC);
        SEPARATORS
                .splitAsStream(parameters.text("scope").orElse(""))
                .filter(word -> !word.isEmpty())
                .forEach(word -> scopes.add(Scope.of(word)
                        .filter(scope -> scope == Scope.BASIC || client.scopes().contains(scope))
                        .orElseThrow(() -> new ApiException(
                                ErrorType.OAUTH, "This application cannot ask for one of the scopes."))));
        return scopes;
    }

    static String required(RequestParameters parameters, String name) {
        return parameters
                .text(name)
                .orElseThrow(() -> new ApiException(ErrorType.OAUTH_PARAMETER, "Missing " + name + " parameter."));
    }
}
