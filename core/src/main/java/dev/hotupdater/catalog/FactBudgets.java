package dev.hotupdater.catalog;

/**
 * How much of what is known of devices all tenants together may have in memory. What devices may
 * cause themselves never takes room from what operators say.
 *
 * @param failures the failures of versions
 * @param assignments the channels that operators gave devices to
 * @param choices the channels that devices chose themselves
 */
record FactBudgets(FactBudget failures, FactBudget assignments, FactBudget choices) {
  /** Budgets of the same size that nothing is taken from yet. */
  static FactBudgets of(long max) {
    return new FactBudgets(
        FactBudget.of("failures of versions on devices", max),
        FactBudget.of("assignments of devices to channels", max),
        FactBudget.of("channels that devices chose", max));
  }

  DeviceMemory memory() {
    return new DeviceMemory(
        failures.used(),
        assignments.used() + choices.used(),
        hasRoom(failures) && hasRoom(assignments) && hasRoom(choices));
  }

  private static boolean hasRoom(FactBudget budget) {
    return !budget.isFull() && !budget.wasTooSmall();
  }
}
