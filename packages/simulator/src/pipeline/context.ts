import type { ApiContext } from "../api/respond-normally.ts";
import type { LedgerWriter } from "../ledger/ledger.ts";
import type { AppsByToken } from "../running-app.ts";
import type { FaultSelector } from "../script/select-fault.ts";
import type { Exchange } from "../wire/exchange.ts";
import type { SimulatedResponse } from "../wire/response.ts";
import type { HeadSettings } from "../wire/response-head.ts";

/** What a request meets. */
export interface SimulatorContext extends ApiContext, HeadSettings {
  /** What the host would respond without any fault. */
  readonly respond: (exchange: Exchange, windowExceeded: boolean) => SimulatedResponse;
  readonly host: "api" | "storage";
  readonly apps: AppsByToken;
  readonly ledger: LedgerWriter;
  /** Another one after the script was replaced. */
  readonly selectFault: FaultSelector;
  readonly nextRequestId: () => string;
  readonly nextLatencySeconds: () => number;
}
