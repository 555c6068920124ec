package org.tocsin.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;

/**
 * What a token may, of what its owner may at that moment: {@code read} (every verb that only
 * reads), roles and single verbs, by their words. Empty means all of it.
 */
public record TokenScope(Set<String> words) {
  public static final String READ = "read";
  public static final TokenScope ALL = new TokenScope(Set.of());

  public TokenScope {
    words = Set.copyOf(words);
  }

  /** Every word that is none is named, in the order in which they were given. */
  public static TokenScope of(Collection<String> given) {
    List<String> words = given.stream().map(String::strip).distinct().toList();
    List<Field> unknown =
        words.stream().filter(word -> verbs(word).isEmpty()).map(TokenScope::unknown).toList();
    if (!unknown.isEmpty()) {
      throw new Invalid(unknown);
    }
    return new TokenScope(new HashSet<>(words));
  }

  public static TokenScope of(Role... roles) {
    return of(Arrays.stream(roles).map(Role::word).toList());
  }

  /** A word that a later version no longer knows gives nothing. */
  private static Optional<Set<Permission>> verbs(String word) {
    if (word.equals(READ)) {
      return Optional.of(Permission.reading());
    }
    return Role.of(word)
        .map(role -> Permission.of(Set.of(role)))
        .or(() -> Permission.of(word).map(Set::of));
  }

  private static Field unknown(String word) {
    return new Field(
        "scope",
        "'%s' is no scope; there are %s, the roles %s, and the verbs %s"
            .formatted(
                word,
                READ,
                String.join(", ", Arrays.stream(Role.values()).map(Role::word).toList()),
                String.join(", ", Permission.named().stream().map(Permission::word).toList())));
  }

  /**
   * Never more than the roles allow, and never more than the words list; nor a verb by whose
   * answers could be learned what another verb guards that is not among them.
   */
  Set<Permission> of(Set<Role> roles) {
    Set<Permission> theirs = EnumSet.noneOf(Permission.class);
    theirs.addAll(Permission.of(roles));
    if (!words.isEmpty()) {
      Set<Permission> listed = EnumSet.noneOf(Permission.class);
      words.forEach(word -> verbs(word).ifPresent(listed::addAll));
      theirs.retainAll(listed);
    }
    Set<Permission> lent = Set.copyOf(theirs);
    theirs.removeIf(one -> !lent.containsAll(one.needs()));
    return Set.copyOf(theirs);
  }

  /** Those roles that it lists; none where it lists verbs alone. */
  Set<Role> narrowed(Set<Role> roles) {
    return words.isEmpty()
        ? roles
        : roles.stream()
            .filter(role -> words.contains(role.word()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Refuses, each by its name, a role that the person has not and what would give them nothing. */
  void requireWithin(Set<Role> roles) {
    Set<Permission> theirs = Permission.of(roles);
    List<Field> beyond = new ArrayList<>();
    for (String word : new TreeSet<>(words)) {
      boolean has =
          Role.of(word)
              .map(roles::contains)
              .orElseGet(
                  () -> verbs(word).stream().flatMap(Set::stream).anyMatch(theirs::contains));
      if (!has) {
        beyond.add(new Field("scope", "The owner's roles do not allow " + word));
      }
    }
    if (!beyond.isEmpty()) {
      throw new Invalid(beyond);
    }
  }

  /** In the order of the tables: {@code read}, roles, verbs. */
  public List<String> sorted() {
    return Stream.of(
            Stream.of(READ),
            Arrays.stream(Role.values()).map(Role::word),
            Arrays.stream(Permission.values()).map(Permission::word))
        .flatMap(every -> every)
        .filter(words::contains)
        .toList();
  }
}
