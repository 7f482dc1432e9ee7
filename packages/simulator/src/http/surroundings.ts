import type { ApiSurroundings } from "../api/answer-normally.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { AppsByToken } from "../running-app.ts";
import type { FaultSelector } from "../script/select-fault.ts";
import type { HeadSettings } from "./response-head.ts";

/** What a request meets. */
export interface Surroundings extends ApiSurroundings, HeadSettings {
  readonly apps: AppsByToken;
  readonly ledger: LedgerWriter;
  /** Replaced when the script is. */
  selectFault: FaultSelector;
  readonly nextRequestId: () => string;
  readonly nextLatencySeconds: () => number;
}
