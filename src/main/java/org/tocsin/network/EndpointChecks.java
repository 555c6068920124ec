package org.tocsin.network;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.tocsin.channels.webhook.AddressGuard;
import org.tocsin.channels.webhook.Vetting;
import org.tocsin.network.EndpointRepository.Checked;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;

/** Checks every field of a draft and names all that are wrong at once. Looks the host up. */
final class EndpointChecks {
  private static final int LONGEST_DESCRIPTION = 200;
  private static final int LONGEST_ADDRESS = 254;
  private static final EmailValidator ADDRESS =
      JMail.strictValidator()
          .requireTopLevelDomain()
          .disallowQuotedIdentifiers()
          .disallowIpDomain()
          .disallowObsoleteWhitespace()
          .requireAscii();

  private final AddressGuard guard;

  EndpointChecks(AddressGuard guard) {
    this.guard = guard;
  }

  Checked check(EndpointDraft draft) {
    List<Field> problems = new ArrayList<>();
    Optional<Scope> scope = Scope.of(draft.scope());
    if (scope.isEmpty()) {
      problems.add(new Field("scope", "Choose public or network"));
    }
    List<String> types = List.copyOf(new LinkedHashSet<>(draft.types()));
    checkTypes(scope.orElse(Scope.NETWORK), types).ifPresent(problems::add);
    String description = draft.description().strip();
    checkDescription(description).ifPresent(problems::add);
    String contact = draft.contactEmail().strip();
    if (contact.isEmpty() || contact.length() > LONGEST_ADDRESS || !ADDRESS.isValid(contact)) {
      problems.add(new Field("contact_email", "Enter a valid email address"));
    }
    Place place = place(draft.url(), problems);
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new Checked(place.url(), place.host(), scope.orElseThrow(), types, description, contact);
  }

  private record Place(String url, String host) {}

  /** A name without an address just now may be registered: it cannot consent before it has one. */
  private Place place(String url, List<Field> problems) {
    return switch (guard.vet(url).await()) {
      case Vetting.Vetted vetted -> new Place(vetted.url().toString(), vetted.host());
      case Vetting.Unresolved unresolved ->
          new Place(unresolved.url().toString(), unresolved.host());
      case Vetting.Forbidden forbidden -> {
        problems.add(
            new Field(
                "url",
                forbidden.refusal().text()
                    + (forbidden.detail().isEmpty() ? "" : " (" + forbidden.detail() + ")")));
        yield new Place("", "");
      }
    };
  }

  private static Optional<Field> checkTypes(Scope scope, List<String> types) {
    List<String> offered = EventType.offeredIn(scope).stream().map(EventType::word).toList();
    if (types.isEmpty()) {
      return Optional.of(new Field("types", "Choose at least one type of event"));
    }
    return types.stream()
        .filter(type -> !offered.contains(type))
        .findFirst()
        .map(
            type ->
                new Field(
                    "types",
                    EventType.of(type).isPresent()
                        ? "Only the network hears of alerts"
                        : "Choose from: " + String.join(", ", offered)));
  }

  private static Optional<Field> checkDescription(String description) {
    if (description.isEmpty()) {
      return Optional.of(new Field("description", "Say whose endpoint this is and what for"));
    }
    return description.length() > LONGEST_DESCRIPTION
            || description.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of(
            new Field(
                "description", "Use one line of at most " + LONGEST_DESCRIPTION + " characters"))
        : Optional.empty();
  }
}
