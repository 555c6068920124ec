package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;
import org.tocsin.channels.email.smtp.RelayFault.Stage;
import org.tocsin.channels.email.smtp.RelayFault.What;
import org.tocsin.channels.email.smtp.SmtpRelay.Login;

/** Says who we are (RFC 4954): by PLAIN, or by LOGIN, which some servers know alone. */
final class Authentication {
  private final Login login;
  private final Function<String, Future<SmtpReply>> ask;

  /**
   * @param ask writes a line and hears the answer
   */
  Authentication(Login login, Function<String, Future<SmtpReply>> ask) {
    this.login = login;
    this.ask = ask;
  }

  /** Fails with {@link Unready} if the server does not welcome us. */
  Future<SmtpReply> by(Set<String> mechanisms) {
    Future<SmtpReply> answer;
    if (mechanisms.contains("PLAIN")) {
      String words = "\0" + login.username() + "\0" + login.password();
      answer = ask.apply("AUTH PLAIN " + base64(words));
    } else if (mechanisms.contains("LOGIN")) {
      answer =
          ask.apply("AUTH LOGIN")
              .compose(reply -> say(reply, login.username()))
              .compose(reply -> say(reply, login.password()));
    } else {
      answer = Future.failedFuture(Unready.because(Stage.AUTH, What.NO_MECHANISM));
    }
    return answer.compose(
        reply -> reply.code() == 235 ? Future.succeededFuture(reply) : refused(reply));
  }

  private Future<SmtpReply> say(SmtpReply reply, String word) {
    return reply.code() == 334 ? ask.apply(base64(word)) : refused(reply);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Future<SmtpReply> refused(SmtpReply reply) {
    return Future.failedFuture(Unready.answered(Stage.AUTH, reply));
  }
}
