package dev.darkroom.api.users;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an account is private. */
public record PrivacyView(@JsonProperty("is_private") boolean isPrivate) {}
