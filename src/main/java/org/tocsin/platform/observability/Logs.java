package org.tocsin.platform.observability;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.config.Settings.LogFormat;

/** How the log is written: as text for whoever watches, as JSON for whoever collects. */
public final class Logs {
  private static final String ROOT = "ROOT";
  private static final String APPENDER = "console";

  private Logs() {}

  /** Text is what {@code logback.xml} begins with. */
  public static void write(LogFormat format) {
    switch (format) {
      case TEXT -> {}
      case JSON -> toJson();
    }
  }

  private static void toJson() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (context.getLogger(ROOT).getAppender(APPENDER)
        instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonLine line = new JsonLine();
      line.setContext(context);
      line.start();
      console.setEncoder(line);
    }
  }
}
