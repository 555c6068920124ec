package org.tocsin.commands;

import picocli.CommandLine.Command;

/** Groups what can be imported. */
@Command(
    name = "import",
    description = "Bring in data of another system.",
    mixinStandardHelpOptions = true,
    subcommands = {ImportSubscribersCommand.class, ImportRosterCommand.class})
public final class ImportCommand {}
