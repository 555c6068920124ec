package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.channels.webhook.WebhookSignature.Verdict;

/**
 * A server's side of HTTP/1.1 with keep-alive, for webhooks. Invariant: what is not genuine is
 * refused and not received.
 */
final class HttpDialogue implements Dialogue {
  private static final byte[] OK = answer(200, "");

  private final WebhookReception wanted;
  private final Logbook logbook;
  private final Misbehaviour misbehaviour;
  private final InstantSource clock;
  private final WebhookRequest request = new WebhookRequest();
  private int posts;
  private int messages;

  HttpDialogue(
      WebhookReception wanted, Logbook logbook, Misbehaviour misbehaviour, InstantSource clock) {
    this.wanted = wanted;
    this.logbook = logbook;
    this.misbehaviour = misbehaviour;
    this.clock = clock;
  }

  @Override
  public void open(Replies replies) {
    Optional<Rule> rule = misbehaviour.at(Stage.CONNECT, new byte[0], 0);
    rule.ifPresent(one -> instead(one, replies));
    if (rule.isPresent() && !replies.ended()) {
      replies.end(Replies.Then.CLOSE);
    }
  }

  @Override
  public void read(Intake intake, Replies replies) {
    while (!replies.ended() && request.take(intake)) {
      answer(replies);
      if (request.last() && !replies.ended()) {
        replies.end(Replies.Then.CLOSE);
      }
    }
  }

  private void answer(Replies replies) {
    if (!request.lengthKnown()) {
      refuse("chunked", 411, replies);
      replies.end(Replies.Then.CLOSE);
    } else if (request.method().equals("OPTIONS")) {
      logbook.tally().countApart("handshakes");
      replies.add(answer(200, "WebHook-Allowed-Origin: " + request.origin() + "\r\n"));
    } else if (!request.method().equals("POST")) {
      refuse("not_posted", 405, replies);
    } else {
      Verdict verdict = verdict();
      switch (verdict) {
        case GENUINE -> genuine(replies);
        case FORGED, OUT_OF_TIME, MALFORMED -> {
          logbook.samples().offerFlawed(verdict.name(), request.body(), 0, request.body().length);
          refuse(verdict.name().toLowerCase(Locale.ROOT), 400, replies);
        }
      }
    }
  }

  /** A signature that is not looked at counts as genuine, and apart; a missing id never does. */
  private Verdict verdict() {
    boolean look = wanted.verifyEvery() > 0 && posts++ % wanted.verifyEvery() == 0;
    if (look) {
      return WebhookSignature.verify(
          List.of(wanted.secretOf(request.endpoint())),
          request.id(),
          request.timestamp(),
          request.signature(),
          request.body(),
          clock.instant());
    }
    logbook.tally().countApart("unverified");
    return request.id().isEmpty() ? Verdict.MALFORMED : Verdict.GENUINE;
  }

  private void genuine(Replies replies) {
    byte[] endpoint = request.endpoint().getBytes(ISO_8859_1);
    Optional<Rule> rule = misbehaviour.at(Stage.REQUEST, endpoint, messages);
    if (rule.isEmpty()) {
      messages++;
      replies.add(OK, receive(endpoint));
      return;
    }
    if (rule.get().deed().recorded()) {
      receive(endpoint);
    }
    instead(rule.get(), replies);
  }

  private Tally.Receipt receive(byte[] endpoint) {
    byte[] body = request.body();
    logbook.samples().offer(body, 0, body.length);
    return logbook.tally().receive(endpoint, request.id().getBytes(ISO_8859_1), body.length);
  }

  private void instead(Rule rule, Replies replies) {
    String retryAfter = rule.retryAfter() == 0 ? "" : "Retry-After: " + rule.retryAfter() + "\r\n";
    replies.instead(rule.deed(), answer -> answer(answer.code(), retryAfter), logbook.tally());
  }

  private void refuse(String why, int status, Replies replies) {
    logbook.tally().countApart(why);
    replies.add(answer(status, ""));
  }

  private static byte[] answer(int status, String headers) {
    return ("HTTP/1.1 "
            + HttpResponseStatus.valueOf(status)
            + "\r\nContent-Length: 0\r\n"
            + headers
            + "\r\n")
        .getBytes(US_ASCII);
  }
}
