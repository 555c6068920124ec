package org.tocsin.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What anybody gets from a hub's front door, every header with it, packed bodies unpacked. */
public final class PublicWeb implements AutoCloseable {
  private static final Pattern LINK =
      Pattern.compile("(?:href|src|action)=\"([^\"#?]+(?:\\?[^\"#]*)?)");
  private static final int ENOUGH = 2_000;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final FrontDoor door;

  public PublicWeb(FrontDoor door) {
    this.door = door;
  }

  /** Headers by name, in their order; the body as a reader sees it. */
  public record Seen(int status, Map<String, List<String>> headers, String body) {
    /** The first of this name, in lower case; empty where there is none. */
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    public String all() {
      return status + "\n" + headers + "\n" + body;
    }
  }

  public HttpRequest.Builder request(String path) {
    return door.request(path);
  }

  public Seen get(String path) {
    return send(door.request(path).GET());
  }

  public Seen send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      boolean packed =
          answer.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
      byte[] body =
          packed && answer.body().length > 0
              ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
              : answer.body();
      return new Seen(
          answer.statusCode(),
          new TreeMap<>(answer.headers().map()),
          new String(body, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** All that these pages lead to, by path; a demonstration's mailbox is no part of it. */
  public SequencedMap<String, Seen> crawl(Collection<String> from) {
    SequencedMap<String, Seen> seen = new LinkedHashMap<>();
    Deque<String> waiting = new ArrayDeque<>(from);
    while (!waiting.isEmpty()) {
      String path = waiting.removeFirst();
      if (seen.containsKey(path)) {
        continue;
      }
      if (seen.size() > ENOUGH) {
        throw new AssertionError("the site has no end: " + path);
      }
      Seen page = get(path);
      seen.put(path, page);
      Matcher link = LINK.matcher(page.body());
      while (link.find()) {
        String target = link.group(1).replace("&amp;", "&").replace(door.url(""), "");
        if (target.startsWith("/") && !target.startsWith("//") && !target.startsWith("/dev/")) {
          waiting.add(target);
        }
      }
    }
    return seen;
  }

  @Override
  public void close() {
    client.close();
  }
}
