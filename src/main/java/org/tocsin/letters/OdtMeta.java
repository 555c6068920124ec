package org.tocsin.letters;

/** What an OpenDocument package says of itself: no author, no date, no tool. */
final class OdtMeta {
  private static final String VERSION = "1.2";

  private OdtMeta() {}

  static String xml() {
    return new OdtXml("office:document-meta", "office:version", VERSION)
        .open("office:meta")
        .open("dc:title")
        .words(LetterSheet.TITLE)
        .end();
  }

  static String manifest() {
    OdtXml xml = new OdtXml("manifest:manifest", "manifest:version", VERSION);
    file(xml, "/", LetterOdt.MEDIA_TYPE);
    for (String part : new String[] {"content.xml", "styles.xml", "meta.xml"}) {
      file(xml, part, "text/xml");
    }
    return xml.end();
  }

  private static void file(OdtXml xml, String path, String type) {
    xml.empty("manifest:file-entry", "manifest:full-path", path, "manifest:media-type", type);
  }
}
