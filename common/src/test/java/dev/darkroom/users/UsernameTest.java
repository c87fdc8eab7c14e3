package dev.darkroom.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "ana", "ana_maria.93", "___", "123456789012345678901234567890"})
    void names_of_the_right_form_are_taken(String typed) {
        assertThat(Username.of(typed)).contains(new Username(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ana", "ANA", "aNa"})
    void names_are_lower_cased(String typed) {
        assertThat(Username.of(typed)).contains(new Username("ana"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "an a",
                "ana-maria",
                "ána",
                "аna",
                "ana\n",
                "ana;drop",
                "%",
                "1234567890123456789012345678901"
            })
    void other_names_are_none(String typed) {
        assertThat(Username.of(typed)).isEmpty();
    }
}
