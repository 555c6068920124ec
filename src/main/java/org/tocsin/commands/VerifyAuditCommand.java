package org.tocsin.commands;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.audit.Audit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Proves that no entry of the audit was changed, removed or put in. */
@Command(
    name = "verify-audit",
    description = {
      "Check every entry of the audit and the order they stand in.",
      "The printed end, kept elsewhere, later shows whether the whole audit was replaced."
    },
    mixinStandardHelpOptions = true)
public final class VerifyAuditCommand implements Callable<Integer> {
  @Mixin private final SettingsOption settings = new SettingsOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    try (Workbench bench = Workbench.open(settings.load())) {
      Audit.Verdict verdict = bench.audit.verify();
      if (verdict.broken().isPresent()) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("tocsin: the audit was changed: " + verdict.broken().get());
        err.flush();
        return 1;
      }
      PrintWriter out = spec.commandLine().getOut();
      Audit.End end = bench.audit.end();
      out.println("The audit is whole: " + verdict.checked() + " entries checked.");
      out.println("Its end: entry " + end.no() + ", " + end.hash());
      out.flush();
      return 0;
    }
  }
}
