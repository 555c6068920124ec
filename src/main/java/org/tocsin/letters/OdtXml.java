package org.tocsin.letters;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one XML file of an OpenDocument package; names carry the usual prefixes. */
final class OdtXml {
  private static final String ODF = "urn:oasis:names:tc:opendocument:xmlns:";
  private static final Map<String, String> SPACES =
      Map.of(
          "office", ODF + "office:1.0",
          "style", ODF + "style:1.0",
          "text", ODF + "text:1.0",
          "fo", ODF + "xsl-fo-compatible:1.0",
          "svg", ODF + "svg-compatible:1.0",
          "meta", ODF + "meta:1.0",
          "manifest", ODF + "manifest:1.0",
          "dc", "http://purl.org/dc/elements/1.1/");

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter out;

  /**
   * @param root e.g. {@code office:document-content}
   */
  OdtXml(String root, String... attributes) {
    try {
      out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      begin(root);
      for (String prefix : SPACES.keySet().stream().sorted().toList()) {
        out.writeNamespace(prefix, space(prefix));
      }
      attributes(attributes);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An element with attributes, by name and value in turn; what follows is inside of it. */
  OdtXml open(String name, String... attributes) {
    try {
      begin(name);
      attributes(attributes);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  OdtXml empty(String name, String... attributes) {
    return open(name, attributes).close();
  }

  OdtXml words(String words) {
    try {
      out.writeCharacters(words);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  OdtXml close() {
    try {
      out.writeEndElement();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  /** The whole file; all that is open is closed. */
  String end() {
    try {
      out.writeEndDocument();
      out.flush();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  private void begin(String name) throws XMLStreamException {
    int colon = name.indexOf(':');
    String prefix = name.substring(0, colon);
    out.writeStartElement(prefix, name.substring(colon + 1), space(prefix));
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      int colon = attributes[i].indexOf(':');
      String prefix = attributes[i].substring(0, colon);
      out.writeAttribute(
          prefix, space(prefix), attributes[i].substring(colon + 1), attributes[i + 1]);
    }
  }

  private static String space(String prefix) {
    String space = SPACES.get(prefix);
    if (space == null) {
      throw new IllegalArgumentException("no namespace for " + prefix);
    }
    return space;
  }
}
