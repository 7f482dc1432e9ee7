import type { HeaderReader } from "../read-header.ts";

/** What came back. */
export interface ReceivedResponse {
  readonly failureCode?: undefined;
  /** HTTP status. `undefined` when it is not known: then the body is taken for that of a failed request. */
  readonly status: number | undefined;
  readonly headers?: HeaderReader | undefined;
  /** As the transport left it: text, bytes, parsed JSON, or something unreadable such as a stream. */
  readonly body?: unknown;
  /** The response came from a host that is not Intercom, after a redirect. */
  readonly fromOtherHost?: boolean | undefined;
}

/** Why nothing came back. */
export interface Failure {
  /** A transport code of the catalog, or a code of Node's (`ECONNREFUSED`); anything else reads as `network_error`. */
  readonly failureCode: string;
}

/** How an attempt ended, in the transport's words. */
export type Ending = ReceivedResponse | Failure;
