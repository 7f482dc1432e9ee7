import type { LedgerEntry, SimulatorOptions } from "@intercom-telemetry/simulator";
import type { AxiosInstance, AxiosStatic, CreateAxiosDefaults } from "axios";
import type { RecordedRequest } from "./book.ts";
import type { CandidateName } from "./candidates/names.ts";
import type { Facet } from "./facets.ts";

/** Sent along with each request, so that the ledger tells ours from those of strangers. */
export const CORRELATION = "scoreboard";

/** What a scenario has to work with, in a process that belongs to it and one tool. */
export interface Stage {
  readonly axios: AxiosStatic;
  /** Instrumented by the tool; talks to the simulator with a valid token. */
  readonly api: AxiosInstance;
  /** Origin of the simulator. */
  readonly url: string;
  /** Puts the tool on the instance once more, as a user does who has replaced the adapter. */
  attach(): void;
  /** Makes a call in the way that users of the tool do. How it settles is what the caller saw. */
  call<Value>(send: () => Promise<Value>): Promise<Value>;
}

/** One thing that happens to a service that talks to Intercom. */
export interface Scenario {
  /** A sentence: what happens. */
  readonly name: string;
  /** What the records are asked afterwards. */
  readonly asks: readonly Facet[];
  readonly simulator?: SimulatorOptions;
  /** The simulator serves HTTPS with a certificate that nobody trusts. */
  readonly untrusted?: boolean;
  /** The simulator has gone before the first request. */
  readonly gone?: boolean;
  /** For the instance, beside the base URL and the token. */
  readonly axios?: CreateAxiosDefaults;
  /** Makes the instance, where it is not `axios.create` of the newest axios. */
  readonly create?: (
    axios: AxiosStatic,
    config: CreateAxiosDefaults,
  ) => AxiosInstance | Promise<AxiosInstance>;
  /** What stands behind OpenTelemetry's API. Default `recording`. */
  readonly tracing?: "recording" | "sampledOut" | "none";
  /** What the user has done to the instance before the tool gets it. */
  readonly before?: (stage: Omit<Stage, "call" | "attach">) => void | Promise<void>;
  /** Resolves when every call has settled; failed calls are swallowed by the stage. */
  readonly run: (stage: Stage) => Promise<unknown>;
  /**
   * Other ways to tell the truth than request by request as the ledger has it, of which one is enough. For what the
   * ledger cannot know: requests that never reach the server, and reasons that only the client has.
   */
  readonly views?: (ledger: readonly LedgerEntry[]) => readonly (readonly RecordedRequest[])[];
  /** Strings in the requests that must not turn up in a record. */
  readonly planted?: readonly string[];
  /** Most series that are accepted. */
  readonly mostSeries?: number;
  /** Requests that are still on their way when the records are read. Default 0. */
  readonly inFlight?: number;
  /** Header `traceparent` that the caller has set and that must arrive as it is. */
  readonly traceparent?: string;
  /** Why a tool cannot be used in this way at all: it is not judged. */
  readonly notFor?: Partial<Record<CandidateName, string>>;
  /** Why a tool cannot be expected to get this right: then a wrong record counts as not offered. */
  readonly beyond?: Partial<Record<CandidateName, string>>;
}
