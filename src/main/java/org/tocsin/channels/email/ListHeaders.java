package org.tocsin.channels.email;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tocsin.platform.config.Settings;

/**
 * The headers that bulk mail owes its readers and their mail programs (RFC 2369, 2919, 5064, 8058,
 * 9477), with holes where they differ from person to person.
 */
final class ListHeaders {
  private static final int SHORTEST_SENDER_ID = 5;
  private static final int LONGEST_SENDER_ID = 15;

  private ListHeaders() {}

  static Map<String, Template> of(Letter.MailingList list, Settings settings) {
    Map<String, Template> headers = new LinkedHashMap<>();
    texts(list, settings).forEach((name, text) -> headers.put(name, Template.ours(text)));
    return headers;
  }

  private static Map<String, String> texts(Letter.MailingList list, Settings settings) {
    String domain = domain(settings.mail().from());
    String contact = settings.organisation().contactEmail();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("List-Id", "{{list_name}} <{{list_id}}.lists." + domain + ">");
    headers.put(
        "List-Unsubscribe",
        "<{{unsubscribe_url}}>, <mailto:u+{{unsubscribe_token}}@"
            + settings.mail().bounceDomain()
            + "?subject=unsubscribe>");
    headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    headers.put("List-Help", "<mailto:" + contact + "?subject=help>");
    headers.put("List-Owner", "<mailto:" + contact + ">");
    headers.put("List-Subscribe", "<" + settings.http().link("/subscribe") + ">");
    headers.put("List-Post", "NO");
    list.archivedAt()
        .ifPresent(
            path -> {
              headers.put("List-Archive", "<" + settings.http().link(collection(path)) + ">");
              headers.put("Archived-At", "<" + settings.http().link(path) + ">");
            });
    headers.put("Feedback-ID", issue(list) + ":{{list_id}}:bulk:" + senderId(domain));
    headers.put("CFBL-Address", "fbl@" + domain + "; report=arf");
    headers.put("Precedence", "bulk");
    headers.put("X-Auto-Response-Suppress", "OOF, AutoReply");
    return headers;
  }

  /**
   * One opaque list for all whom the hub writes to in confidence: nothing in the headers tells an
   * alert from a welcome. Answers of absent readers would name the mail they answer.
   */
  static Map<String, Template> confidential(Settings settings) {
    return Map.of(
        "List-Id",
        Template.words("<m.lists." + domain(settings.mail().from()) + ">"),
        "Auto-Submitted",
        Template.words("auto-generated"),
        "X-Auto-Response-Suppress",
        Template.words("OOF, AutoReply"));
  }

  private static String domain(String address) {
    return MailAddress.parse(address)
        .orElseThrow(() -> new IllegalArgumentException("mail.from is not an e-mail address"))
        .domain();
  }

  /** {@code /newsletters/2026-06} stands in {@code /newsletters}. */
  private static String collection(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static String issue(Letter.MailingList list) {
    String id =
        list.archivedAt().map(path -> path.substring(path.lastIndexOf('/') + 1)).orElse(list.id());
    return id.replaceAll("[^A-Za-z0-9_.-]", "-");
  }

  /** Feedback loops ask for 5 to 15 characters that never change. */
  private static String senderId(String domain) {
    String id = domain.replaceAll("[^a-z0-9]", "-");
    String padded = id + "-".repeat(Math.max(0, SHORTEST_SENDER_ID - id.length()));
    return padded.substring(0, Math.min(LONGEST_SENDER_ID, padded.length()));
  }
}
