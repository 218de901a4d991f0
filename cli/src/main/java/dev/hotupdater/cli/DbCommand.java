package dev.hotupdater.cli;

import picocli.CommandLine.Command;

/** What there is to do about a database. */
@Command(name = "db", description = "Creates, migrates and shows the tables of the database.")
final class DbCommand {}
