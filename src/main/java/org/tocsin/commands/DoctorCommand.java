package org.tocsin.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.hub.Doctor;
import org.tocsin.hub.Doctor.Finding;
import org.tocsin.platform.config.InvalidSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what a hub on this machine would stumble over, and what to do about it. */
@Command(
    name = "doctor",
    description = {
      "Look at everything a hub needs: settings, data folder, keyring, database, relay, ports.",
      "Makes no key, migrates nothing. Exit code 1 where something is to be mended."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private final SettingsOption settings = new SettingsOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    List<Finding> findings = examine();
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      if (finding.problems().isEmpty()) {
        out.println("✓ " + finding.what());
      }
      finding.problems().forEach(problem -> out.println("✗ " + finding.what() + ": " + problem));
    }
    out.flush();
    return findings.stream().allMatch(finding -> finding.problems().isEmpty()) ? 0 : 1;
  }

  private List<Finding> examine() {
    try {
      return Doctor.examine(settings.loadForHub());
    } catch (InvalidSettings wrong) {
      return List.of(new Finding("settings", wrong.problems()));
    }
  }
}
