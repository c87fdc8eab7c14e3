package dev.darkroom.api.users;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A user as media, lists and tokens hold it.
 *
 * @param fullName may be empty
 * @param profilePicture absolute address of a square of 150 pixels
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ShortUser(String id, String username, String fullName, String profilePicture) {}
