package org.tocsin.platform.language;

import java.util.Locale;
import java.util.Map;

/** A language that the hub does not ship, for proving that one more needs no code. */
public final class RightToLeft {
  private RightToLeft() {}

  public static Messages messages() {
    return new Messages(
        Locale.forLanguageTag("ar"),
        Map.ofEntries(
            Map.entry(
                "mail.layout.demonstration",
                "هذه بيانات للعرض. كل الأشخاص والقضايا والبلدان مختلقة."),
            Map.entry("mail.layout.copy_link", "إذا لم يعمل الزر فانسخ هذا العنوان إلى متصفحك:"),
            Map.entry("mail.layout.why", "تصلك هذه الرسالة لأنك اشتركت في «{1}» من {0} وأكدت ذلك."),
            Map.entry("mail.layout.preferences", "اختر ما يصلك"),
            Map.entry("mail.layout.leave", "غادر «{0}» بنقرة واحدة"),
            Map.entry("mail.layout.replies", "يمكنك الرد على هذه الرسالة، فنحن نقرأ كل رد."),
            Map.entry("mail.layout.address", "{0}، {1}"),
            Map.entry("mail.layout.website", "موقعنا"),
            Map.entry("mail.layout.privacy", "كيف نتعامل مع بياناتك")),
        Map.of());
  }
}
