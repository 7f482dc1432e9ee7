import type { ApiSurroundings } from "../api/answer-normally.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { AppsByToken } from "../running-app.ts";
import type { FaultSelector } from "../script/select-fault.ts";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import type { HeadSettings } from "./response-head.ts";

/** What a request meets. */
export interface Surroundings extends ApiSurroundings, HeadSettings {
  /** What the host would respond without any fault. */
  readonly respond: (exchange: Exchange, windowExceeded: boolean) => Answer;
  readonly host: "api" | "storage";
  readonly apps: AppsByToken;
  readonly ledger: LedgerWriter;
  /** Another one after the script was replaced. */
  readonly selectFault: FaultSelector;
  readonly nextRequestId: () => string;
  readonly nextLatencySeconds: () => number;
}
