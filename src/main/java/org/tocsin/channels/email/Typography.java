package org.tocsin.channels.email;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the style of each element into it: many mail programs drop the style sheet in the head.
 * Works on the sanitizer's output only, whose tags are in one canonical form.
 */
final class Typography {
  private static final Pattern TAG =
      Pattern.compile("<(h[1-6]|p|ul|ol|li|blockquote|pre|code|table|th|td|a|hr)(?=[ />])");
  private static final String CELL = "padding:6px 0;padding-END:16px;word-break:normal;";
  private static final Map<String, String> STYLES =
      Map.ofEntries(
          Map.entry("h1", "margin:0 0 16px;font-size:30px;line-height:1.2;"),
          Map.entry("h2", "margin:32px 0 12px;font-size:23px;line-height:1.25;"),
          Map.entry("h3", "margin:26px 0 8px;font-size:19px;line-height:1.3;"),
          Map.entry("h4", "margin:22px 0 6px;font-size:18px;line-height:1.35;"),
          Map.entry("h5", "margin:20px 0 6px;font-size:18px;line-height:1.35;"),
          Map.entry("h6", "margin:20px 0 6px;font-size:18px;line-height:1.35;"),
          Map.entry("p", "margin:0 0 16px;"),
          Map.entry("ul", "margin:0 0 16px;padding-START:24px;"),
          Map.entry("ol", "margin:0 0 16px;padding-START:28px;"),
          Map.entry("li", "margin:0 0 6px;"),
          Map.entry(
              "blockquote",
              "margin:0 0 16px;padding-START:18px;border-START:3px solid #d9d4ca;color:#5b5751;"),
          Map.entry(
              "pre",
              "margin:0 0 16px;padding:12px 14px;background-color:#eceae4;border-radius:4px;"
                  + "white-space:pre-wrap;overflow-wrap:anywhere;"),
          Map.entry(
              "code",
              "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:15px;"
                  + "background-color:#eceae4;border-radius:3px;"),
          Map.entry("table", "margin:0 0 16px;border-collapse:collapse;font-size:16px;"),
          Map.entry("th", CELL + "border-bottom:2px solid #d9d4ca;vertical-align:bottom;"),
          Map.entry(
              "td",
              CELL
                  + "border-bottom:1px solid #d9d4ca;vertical-align:top;"
                  + "font-variant-numeric:tabular-nums;"),
          Map.entry("a", "color:#7a2e1d;text-decoration:underline;"),
          Map.entry("hr", "margin:28px 0;border:0;border-top:1px solid #d9d4ca;"));

  private Typography() {}

  /** {@code start} is the side on which a line begins, "left" or "right". */
  static String set(String html, String start) {
    String end = start.equals("left") ? "right" : "left";
    return TAG.matcher(html)
        .replaceAll(
            tag -> {
              String style =
                  STYLES.getOrDefault(tag.group(1), "").replace("START", start).replace("END", end);
              String align = tag.group(1).equals("th") ? "text-align:" + start + ";" : "";
              return Matcher.quoteReplacement(
                  "<" + tag.group(1) + " style=\"" + style + align + "\"");
            });
  }
}
