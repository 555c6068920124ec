package org.tocsin.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import org.tocsin.bench.receiver.WebhookReception;
import org.tocsin.channels.webhook.WebhookSignature;

/** One connection of the bare webhook client: a request, its answer, the next request. */
final class PostTalk implements Talk {
  private static final String NUMBER = "000000000";
  private static final String TIME = "0000000000";
  private static final String SIGNATURE = "v1," + "0".repeat(44);
  private static final String HEAD =
      """
      POST /%s HTTP/1.1
      host: load.example
      content-type: application/json
      webhook-id: msg_%s
      webhook-timestamp: %s
      webhook-signature: %s
      content-length: %%d

      """
          .replace("\n", "\r\n")
          .formatted(NUMBER, NUMBER, TIME, SIGNATURE);
  private static final int ENDPOINT = HEAD.indexOf(NUMBER);
  private static final int ID = HEAD.indexOf("msg_");
  private static final int AT = HEAD.indexOf(TIME, ID + "msg_".length() + NUMBER.length());
  private static final int SIGNED = HEAD.indexOf(SIGNATURE);
  private static final String END = "\r\n\r\n";
  private static final int STATUS = "HTTP/1.1 ".length();

  private final Quota quota;
  private final BareHttpClient.Post post;
  private final WebhookReception reception;
  private final InstantSource clock;
  private final byte[] body;
  private final Template request;
  private boolean prepared;
  private int read;
  private int ended = END.length();

  PostTalk(Quota quota, BareHttpClient.Post post, WebhookReception reception, InstantSource clock) {
    this.quota = quota;
    this.post = post;
    this.reception = reception;
    this.clock = clock;
    String text = body(post.size());
    this.body = text.getBytes(US_ASCII);
    this.request = new Template(HEAD.formatted(body.length) + text);
  }

  private static String body(int size) {
    String frame = "{\"type\":\"newsletter.published\",\"data\":{\"text\":\"\"}}";
    int room = Math.max(0, size - frame.length());
    return frame.replace("\"\"", "\"" + "x".repeat(room) + "\"");
  }

  /** The receiver's answers have no body: an empty line ends them. */
  @Override
  public boolean answered(ByteBuffer bytes) {
    while (bytes.hasRemaining() && ended < END.length()) {
      byte one = bytes.get();
      if (read == STATUS && one != '2') {
        throw new IllegalStateException("the receiver refused with a status " + (char) one + "xx");
      }
      read++;
      ended = one == END.charAt(ended) ? ended + 1 : one == '\r' ? 1 : 0;
    }
    return ended == END.length();
  }

  @Override
  public ByteBuffer next() {
    long number = quota.next();
    if (number == Quota.NONE) {
      return ByteBuffer.allocate(0);
    }
    if (post.signEach() || !prepared) {
      sign(number);
      prepared = true;
    }
    read = 0;
    ended = 0;
    return request.whole();
  }

  private void sign(long number) {
    long endpoint = number % post.endpoints();
    long now = clock.instant().getEpochSecond();
    String id = "msg_" + digits(number);
    request.text(ENDPOINT, digits(endpoint));
    request.text(ID, id);
    request.text(AT, Long.toString(now));
    request.text(
        SIGNED,
        WebhookSignature.sign(List.of(reception.secretOf(digits(endpoint))), id, now, body));
  }

  /** As many as in the template, so that its length stays as it is. */
  private static String digits(long number) {
    String digits = Long.toString(number);
    return NUMBER.substring(digits.length()) + digits;
  }
}
