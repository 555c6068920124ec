package org.tocsin.commands;

import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.errors.HubException;

/** Says why a command failed, in one line that a person can act on. */
public final class Failure {
  private Failure() {}

  /** One line, but for settings: there all problems are listed at once. */
  public static List<String> lines(Throwable failure) {
    if (failure instanceof InvalidSettings settings) {
      return settings.problems().stream().map(problem -> "tocsin: " + problem).toList();
    }
    LoggerFactory.getLogger(Failure.class).debug("The command failed", failure);
    return List.of("tocsin: " + sentence(failure).strip().replaceAll("\\s*\\R\\s*", "; "));
  }

  private static String sentence(Throwable failure) {
    return switch (failure) {
      case DatabaseFailure database when database.state().equals("28P01") ->
          "the database refused the password of a role; check database.password, database.site.password and database.courier.password";
      case DatabaseFailure database -> "database: " + database.getMessage();
      case UnusableKeyring keyring -> text(keyring);
      case HubException misuse -> text(misuse);
      case BindException port -> text(port);
      default -> fileOrOther(failure);
    };
  }

  private static String fileOrOther(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AccessDeniedException denied) {
        return "cannot use " + denied.getFile() + ": permission denied";
      }
      if (cause instanceof FileSystemException file) {
        return "cannot use " + file.getFile() + ": " + reason(file);
      }
    }
    return text(failure);
  }

  private static String reason(FileSystemException file) {
    return switch (file) {
      case NoSuchFileException _ -> "there is no such file";
      case FileAlreadyExistsException _ -> "it exists already";
      default -> String.valueOf(file.getReason());
    };
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
