import type { Finding, FindingStatus } from "../checks/finding.ts";

/** What one examination found, ready to be written. */
export interface Report {
  /** The worst of the findings. */
  readonly status: FindingStatus;
  readonly exitCode: 0 | 1;
  readonly epochSeconds: number;
  /** Host and port of what was examined. */
  readonly host: string;
  readonly findings: readonly Finding<string>[];
  /** The last sentence for people. */
  readonly verdict: string;
}
