package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What no mail of ours may hold: anything a mail program would fetch when the mail is opened, and
 * anything that could tell us that it was (I13).
 */
public final class MailLint {
  private static final int LONGEST_LINE = 998;
  private static final Pattern TAG =
      Pattern.compile("<([a-z][a-z0-9:]*)((?:\"[^\"]*+\"|'[^']*+'|[^'\"<>])*+)>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-z][a-z0-9:-]*)\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s\"'>]+)");
  private static final Pattern STYLE_SHEET =
      Pattern.compile("<style[^>]*>(.*?)</style>", Pattern.DOTALL);
  private static final Pattern FETCHING_STYLE =
      Pattern.compile("url\\s*\\(|@import|@font-face|image-set");
  private static final Pattern REMOTE = Pattern.compile("(https?:)?//");

  private static final Set<String> FETCHING_ELEMENTS =
      Set.of(
          "img", "image", "picture", "svg", "video", "audio", "source", "track", "script", "link",
          "iframe", "frame", "object", "embed", "applet", "form", "input", "base");
  private static final Set<String> FETCHING_ATTRIBUTES =
      Set.of("src", "srcset", "background", "poster", "data", "action", "ping", "lowsrc", "dynsrc");

  private MailLint() {}

  /** Empty if all is well; each fault names the offence, not the mail's words. */
  public static List<String> faults(MailContent mail) {
    List<String> faults = new ArrayList<>();
    String html = mail.html().spelled().toLowerCase(Locale.ROOT);
    Matcher tags = TAG.matcher(html);
    while (tags.find()) {
      if (FETCHING_ELEMENTS.contains(tags.group(1)) || tags.group(1).startsWith("v:")) {
        faults.add("the HTML part has the element " + tags.group(1));
      }
      checkAttributes(tags.group(2), faults);
    }
    Matcher sheets = STYLE_SHEET.matcher(html);
    while (sheets.find()) {
      checkStyle(sheets.group(1), faults);
    }
    if (mail.text().spelled().isBlank()) {
      faults.add("the text part is empty");
    }
    mail.headers().forEach((name, value) -> checkHeader(name, value.spelled(), faults));
    return faults;
  }

  private static void checkAttributes(String inside, List<String> faults) {
    Matcher attributes = ATTRIBUTE.matcher(inside);
    while (attributes.find()) {
      String name = attributes.group(1);
      String value = attributes.group(2);
      if (name.startsWith("on") || FETCHING_ATTRIBUTES.contains(name)) {
        faults.add("the HTML part has the attribute " + name);
      } else if (name.equals("style")) {
        checkStyle(value, faults);
      } else if (name.startsWith("data-") && REMOTE.matcher(value).find()) {
        faults.add("the HTML part has a remote address in " + name);
      }
    }
  }

  private static void checkStyle(String style, List<String> faults) {
    Matcher fetching = FETCHING_STYLE.matcher(style);
    while (fetching.find()) {
      faults.add("a style says " + fetching.group());
    }
  }

  private static void checkHeader(String name, String value, List<String> faults) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      faults.add("the header " + name + " holds a control character");
    }
    if (name.length() + value.length() > LONGEST_LINE) {
      faults.add("the header " + name + " is too long");
    }
  }
}
