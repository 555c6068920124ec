package org.tocsin.access;

import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.AUDITOR;
import static org.tocsin.access.Role.CASE_OFFICER;
import static org.tocsin.access.Role.INTEGRATION_ADMIN;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;
import static org.tocsin.access.Role.RELEASE_OFFICER;
import static org.tocsin.access.Role.SECURITY_ADMIN;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every verb of the hub and the roles that have it: the one table of who may do what. */
public enum Permission {
  /** Nobody need be signed in. */
  ANYONE(),
  /** Any member of staff. */
  READ_DESK(Role.values()),
  /**
   * Who works at alerts must know the case: those who write, approve and release them. An auditor
   * proves what was done by numbers and verbs, and needs no name; nobody else needs a case at all.
   */
  READ_CASES(CASE_OFFICER, APPROVER, RELEASE_OFFICER),
  WRITE_CASES(CASE_OFFICER),
  /** Each case's own team is asked for besides, and that this person wrote none of it. */
  CONFIRM_CASE(List.of(READ_CASES), CASE_OFFICER, APPROVER),
  READ_ALERTS(CASE_OFFICER, APPROVER, RELEASE_OFFICER),
  /** Each case's own team is asked for besides. */
  WRITE_ALERT(List.of(READ_CASES, READ_ALERTS), CASE_OFFICER),
  APPROVE_ALERT(List.of(READ_CASES, READ_ALERTS), APPROVER),
  RELEASE_ALERT(List.of(READ_CASES, READ_ALERTS), RELEASE_OFFICER),
  /** Holding and stopping need one person, whoever it is, and show no word of the alert. */
  STOP_ALERT(Role.values()),
  /** Two of them let a held alert go on. */
  RESUME_ALERT(List.of(READ_CASES, READ_ALERTS), CASE_OFFICER, APPROVER, RELEASE_OFFICER),
  /** Who asks volunteers for help, and who lets the call go. */
  READ_CALLS(CASE_OFFICER, MEMBERSHIP_OFFICER, APPROVER, RELEASE_OFFICER),
  WRITE_CALL(List.of(READ_CALLS), CASE_OFFICER, MEMBERSHIP_OFFICER),
  APPROVE_CALL(List.of(READ_CALLS), APPROVER),
  RELEASE_CALL(List.of(READ_CALLS), RELEASE_OFFICER),
  /** Ending a call needs one person. */
  CLOSE_CALL(List.of(READ_CALLS), CASE_OFFICER, MEMBERSHIP_OFFICER, APPROVER, RELEASE_OFFICER),
  /** Who answered, and what: for those who then speak with them. */
  READ_ANSWERS(List.of(READ_CALLS), CASE_OFFICER, MEMBERSHIP_OFFICER),
  /** Whom we write to tells which countries we look at: for those who know the cases. */
  READ_OFFICIALS(CASE_OFFICER, APPROVER, RELEASE_OFFICER),
  WRITE_OFFICIALS(List.of(READ_OFFICIALS), CASE_OFFICER),
  /** Whoever reads no cases is shown what was cleared for the public, and not whom it is about. */
  READ_DEVELOPMENTS(CASE_OFFICER, APPROVER, RELEASE_OFFICER, NEWSLETTER_EDITOR),
  CLEAR_DEVELOPMENT(List.of(READ_CASES, READ_DEVELOPMENTS), APPROVER),
  READ_NEWSLETTERS(Role.values()),
  WRITE_NEWSLETTER(NEWSLETTER_EDITOR),
  /** Its answer tells whether the text names somebody of a case. */
  APPROVE_NEWSLETTER(List.of(READ_CASES), APPROVER),
  RELEASE_NEWSLETTER(RELEASE_OFFICER, NEWSLETTER_EDITOR),
  READ_BROADCASTS(Role.values()),
  /** Pausing needs one person, whoever it is. */
  STOP_BROADCAST(Role.values()),
  /** What was let go ends for good by those who let go. Whose it is says if that can be at all. */
  CANCEL_BROADCAST(RELEASE_OFFICER, NEWSLETTER_EDITOR),
  /** Whoever owns the broadcast asks for more: an alert's is a release officer's. */
  RESUME_BROADCAST(RELEASE_OFFICER, NEWSLETTER_EDITOR),
  /** For the day an account is stolen: one press, by anybody. */
  HOLD_EVERYTHING(Role.values()),
  /**
   * Two of them end it: those who answer for what is sent, and who answers for accounts. One stolen
   * account is never two; and whoever held everything may be one of the two, for they know why.
   */
  END_HOLD(RELEASE_OFFICER, NEWSLETTER_EDITOR, SECURITY_ADMIN),
  READ_SUBSCRIBERS(MEMBERSHIP_OFFICER, NEWSLETTER_EDITOR),
  WRITE_SUBSCRIBERS(List.of(READ_SUBSCRIBERS), MEMBERSHIP_OFFICER),
  /**
   * Who is a member is known to whoever keeps the list, and to nobody else: the audit names members
   * by number, so that neither auditor nor security_admin needs more.
   */
  READ_MEMBERS(MEMBERSHIP_OFFICER),
  WRITE_MEMBERS(List.of(READ_MEMBERS), MEMBERSHIP_OFFICER),
  READ_ENDPOINTS(INTEGRATION_ADMIN, AUDITOR),
  WRITE_ENDPOINTS(INTEGRATION_ADMIN),
  /**
   * Of the network's, the second person; never whoever registered it. They see the one that waits
   * for them, whole, and no other.
   */
  CONFIRM_ENDPOINT(INTEGRATION_ADMIN, APPROVER, SECURITY_ADMIN),
  READ_EVENTS(INTEGRATION_ADMIN),
  READ_AUDIT(AUDITOR, SECURITY_ADMIN),
  /** That one editor's texts named people of cases unusually often; not which texts, nor whom. */
  READ_LEAK_ALARMS(SECURITY_ADMIN),
  READ_STAFF(SECURITY_ADMIN, AUDITOR),
  WRITE_STAFF(SECURITY_ADMIN);

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy of enum constants
  private final List<Permission> needs;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy of enum constants
  private final Set<Role> roles;

  Permission(Role... roles) {
    this(List.of(), roles);
  }

  Permission(List<Permission> needs, Role... roles) {
    this.needs = List.copyOf(needs);
    this.roles = Set.of(roles);
  }

  /**
   * What this verb's answers depend on and another verb guards: nobody has the one without the
   * others, whatever a token lists.
   */
  public List<Permission> needs() {
    return needs;
  }

  public Set<Role> roles() {
    return roles;
  }

  /** Whether it changes nothing; such a verb begins with READ, and no other does. */
  public boolean reads() {
    return name().startsWith("READ_");
  }

  /** All that one of these roles may; what anybody may is not among it. */
  public static Set<Permission> of(Set<Role> roles) {
    return some(one -> one.allows(roles));
  }

  public static Set<Permission> reading() {
    return some(Permission::reads);
  }

  /** In the order of this table. */
  public static List<Permission> named() {
    return Arrays.stream(values()).filter(one -> one != ANYONE).toList();
  }

  public static Optional<Permission> of(String word) {
    return named().stream().filter(one -> one.word().equals(word)).findFirst();
  }

  private static Set<Permission> some(Predicate<Permission> wanted) {
    return named().stream().filter(wanted).collect(Collectors.toUnmodifiableSet());
  }

  public boolean allows(Set<Role> theirs) {
    return this == ANYONE || theirs.stream().anyMatch(roles::contains);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
