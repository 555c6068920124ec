package org.tocsin.publications;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.atom.Person;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;
import org.tocsin.publications.Feeds.FeedFrame;

/** Atom (RFC 4287), with tombstones for what was withdrawn (RFC 6721). */
final class AtomFeed {
  private static final Namespace TOMBSTONES =
      Namespace.getNamespace("at", "http://purl.org/atompub/tombstones/1.0");

  private AtomFeed() {}

  static String write(FeedFrame frame, List<Issue> issues, Optional<Instant> updated) {
    Feed feed = new Feed("atom_1.0");
    feed.setId(frame.id());
    feed.setTitle(frame.fullTitle());
    feed.setUpdated(Date.from(updated.orElse(Instant.EPOCH)));
    feed.setAuthors(List.of(author(frame)));
    feed.setOtherLinks(List.of(link("self", "application/atom+xml", frame.self("atom"))));
    feed.setAlternateLinks(
        List.of(
            link("alternate", "text/html", frame.home()),
            link("alternate", "application/feed+json", frame.self("json"))));
    feed.setEntries(
        issues.stream()
            .filter(Issue.Published.class::isInstance)
            .map(Issue.Published.class::cast)
            .map(issue -> entry(frame, issue))
            .toList());
    feed.setForeignMarkup(
        issues.stream()
            .filter(Issue.Tombstone.class::isInstance)
            .map(Issue.Tombstone.class::cast)
            .map(stone -> deleted(frame, stone))
            .toList());
    return print(frame, feed);
  }

  private static Entry entry(FeedFrame frame, Issue.Published issue) {
    Entry entry = new Entry();
    entry.setId(frame.id(issue));
    entry.setTitle(issue.subject());
    entry.setPublished(Date.from(issue.visibleAt()));
    entry.setUpdated(Date.from(issue.changedAt()));
    entry.setAlternateLinks(List.of(link("alternate", "text/html", frame.link(issue))));
    if (!issue.preheader().isEmpty()) {
      entry.setSummary(content("text", issue.preheader()));
    }
    entry.setContents(List.of(content("html", issue.html())));
    entry.setCategories(issue.topics().stream().map(AtomFeed::category).toList());
    return entry;
  }

  private static Element deleted(FeedFrame frame, Issue.Tombstone stone) {
    return new Element("deleted-entry", TOMBSTONES)
        .setAttribute("ref", frame.id(stone))
        .setAttribute("when", stone.withdrawnAt().toString());
  }

  private static Person author(FeedFrame frame) {
    Person author = new Person();
    author.setName(frame.organisation());
    author.setUri(frame.website());
    return author;
  }

  private static Link link(String relation, String type, String href) {
    Link link = new Link();
    link.setRel(relation);
    link.setType(type);
    link.setHref(href);
    return link;
  }

  private static Content content(String type, String value) {
    Content content = new Content();
    content.setType(type);
    content.setValue(value);
    return content;
  }

  private static Category category(String topic) {
    Category category = new Category();
    category.setTerm(topic);
    return category;
  }

  /** Rome has no place for the language, so it is set on the document. */
  private static String print(FeedFrame frame, Feed feed) {
    try {
      Document document = new WireFeedOutput().outputJDom(feed);
      document.getRootElement().addNamespaceDeclaration(TOMBSTONES);
      document.getRootElement().setAttribute("lang", frame.language(), Namespace.XML_NAMESPACE);
      return new XMLOutputter(Format.getPrettyFormat()).outputString(document);
    } catch (FeedException impossible) {
      throw new IllegalStateException("the feed cannot be written", impossible);
    }
  }
}
