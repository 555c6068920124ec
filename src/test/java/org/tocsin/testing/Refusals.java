package org.tocsin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.errors.HubException.Invalid;

/** What a test expects of a refusal: its code, or the fields that it names. */
public final class Refusals {
  private Refusals() {}

  public static Consumer<Throwable> code(String code) {
    return failure ->
        assertThat(failure)
            .isInstanceOfSatisfying(
                HubException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  public static Consumer<Throwable> fields(String... names) {
    return failure ->
        assertThat(failure)
            .isInstanceOfSatisfying(
                Invalid.class,
                invalid ->
                    assertThat(invalid.fields())
                        .extracting(HubException.Field::name)
                        .containsExactlyInAnyOrder(names));
  }
}
