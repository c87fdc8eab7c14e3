package dev.darkroom.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.config.Secret;
import dev.darkroom.shards.Directory;
import dev.darkroom.testing.ShardsExtension;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OAuthIT {

    @RegisterExtension
    static final ShardsExtension SHARDS = new ShardsExtension(List.of());

    private static final UserId USER = new UserId(1 << 10);
    private static final URI BACK = URI.create("http://app.example/back");
    private static final NewOAuthClient APPLICATION =
            new NewOAuthClient("An app", List.of(BACK), Set.of(Scope.BASIC, Scope.LIKES), false);

    private Directory directory;
    private OAuthClients clients;
    private AccessTokens tokens;
    private OAuthClients.Registration client;

    @BeforeEach
    void open() {
        directory = SHARDS.shards().directory();
        clients = new OAuthClients(directory, new SecureRandom());
        tokens = new AccessTokens(directory, new SecureRandom());
        client = clients.register(APPLICATION);
    }

    @Test
    void a_registered_application_is_found_and_knows_its_secret() {
        OAuthClient found = clients.find(client.id()).orElseThrow();

        assertThat(found.id()).matches("[0-9a-f]{32}");
        assertThat(found.name()).isEqualTo("An app");
        assertThat(found.redirectUris()).containsExactly(BACK);
        assertThat(found.scopes()).containsExactlyInAnyOrder(Scope.BASIC, Scope.LIKES);
        assertThat(found.trusted()).isFalse();
        assertThat(clients.authenticates(client.id(), client.secret())).isTrue();
        assertThat(clients.authenticates(client.id(), Secret.of("guess"))).isFalse();
        assertThat(clients.authenticates("nobody", client.secret())).isFalse();
        assertThat(clients.find("nobody")).isEmpty();
    }

    @Test
    void an_application_of_given_id_is_registered_once() {
        assertThat(clients.register("darkroom", Secret.of("one"), APPLICATION)).isTrue();
        assertThat(clients.register("darkroom", Secret.of("two"), APPLICATION)).isFalse();

        assertThat(clients.authenticates("darkroom", Secret.of("one"))).isTrue();
    }

    @Test
    void a_token_tells_user_application_and_scopes_until_it_is_revoked() {
        String token = tokens.issue(USER, client.id(), Set.of(Scope.BASIC, Scope.COMMENTS));
        String other = tokens.issue(USER, client.id(), Set.of(Scope.BASIC));

        assertThat(token).matches("1024\\." + client.id().substring(0, 7) + "\\.[0-9a-f]{32}");
        assertThat(tokens.find(token))
                .contains(new Authorization(USER, client.id(), Set.of(Scope.BASIC, Scope.COMMENTS)));
        assertThat(tokens.revoke(token)).isTrue();
        assertThat(tokens.revoke(token)).isFalse();
        assertThat(tokens.find(token)).isEmpty();
        assertThat(tokens.find(other)).isPresent();
        assertThat(tokens.find("1024.abcdefg.0")).isEmpty();
    }

    @Test
    void tokens_for_many_are_each_ones_own() {
        List<UserId> users = List.of(USER, new UserId(2 << 10));

        Map<UserId, String> issued = tokens.issueAll(users, client.id(), Set.of(Scope.BASIC));

        assertThat(issued)
                .hasSize(2)
                .allSatisfy((user, token) -> assertThat(tokens.find(token))
                        .contains(new Authorization(user, client.id(), Set.of(Scope.BASIC))));
    }

    @Test
    void the_directory_holds_no_token_that_could_be_used() {
        String token = tokens.issue(USER, client.id(), Set.of(Scope.BASIC));

        String stored = directory.with(handle -> handle.createQuery(
                        "SELECT string_agg(t::text, ' ') || (SELECT string_agg(c::text, ' ') FROM directory.oauth_client c)"
                                + " FROM directory.access_token t")
                .mapTo(String.class)
                .one());
        assertThat(stored)
                .doesNotContain(token.substring(token.lastIndexOf('.') + 1))
                .doesNotContain(client.secret().value());
    }

    @Test
    void a_code_is_good_once_and_for_its_application() {
        AuthorizationCodes codes = new AuthorizationCodes(directory, new SecureRandom());
        Authorization authorization = new Authorization(USER, client.id(), Set.of(Scope.BASIC));
        String code = codes.issue(authorization, BACK);
        String stolen = codes.issue(authorization, BACK);

        assertThat(codes.redeem(code, client.id())).contains(new AuthorizationCodes.Grant(authorization, BACK));
        assertThat(codes.redeem(code, client.id())).isEmpty();
        assertThat(codes.redeem(stolen, "another")).isEmpty();
        assertThat(codes.redeem(stolen, client.id()))
                .as("a leaked code is spent")
                .isEmpty();
    }

    @Test
    void a_code_is_good_for_ten_minutes() {
        AuthorizationCodes codes = new AuthorizationCodes(directory, new SecureRandom());
        String code = codes.issue(new Authorization(USER, client.id(), Set.of(Scope.BASIC)), BACK);
        directory.with(handle -> handle.execute(
                "UPDATE directory.authorization_code SET issued_at = issued_at - interval '10 minutes 1 second'"));

        assertThat(codes.redeem(code, client.id())).isEmpty();
    }
}
