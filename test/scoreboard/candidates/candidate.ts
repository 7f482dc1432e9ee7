import type { AxiosInstance } from "axios";
import type { Book } from "../book.ts";
import type { Telemetry } from "../telemetry.ts";

/** A tool at work in this process. */
export interface Candidate {
  /** Takes hold of the instance, as the tool's README says. */
  attach(api: AxiosInstance, url: string): void;
  /** Makes a call, as the tool's README says. */
  call<Value>(send: () => Promise<Value>): Promise<Value>;
  /** Everything that it has recorded. */
  read(): Promise<Book[]>;
}

/** Begins before axios is loaded, since some tools patch Node's own modules. */
export type CreateCandidate = (telemetry: Telemetry) => Promise<Candidate>;

/** For tools that need nothing from the caller. */
export const callAsUsual = <Value>(send: () => Promise<Value>): Promise<Value> => send();
