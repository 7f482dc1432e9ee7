/** The last sentence of a report in which everything could be checked. */
export const describeVerdict = (exitCode: 0 | 1): string =>
  exitCode === 0 ? "All checks passed." : "A problem was found.";
