import type { ApiHost } from "@intercom-telemetry/core";
import {
  checkBoolean,
  checkHosts,
  checkKeys,
  checkNumber,
  checkWholeNumber,
  refuse,
} from "@intercom-telemetry/core";

/** Options of `intercomRetry`. All are optional. */
export interface IntercomRetryOptions {
  /**
   * Resends of one call at most. A call that meets a closed window needs one, since it waits for the window; the others
   * are for faults. A call can have its own: `{ "axios-retry": { retries: 0 } }`. Whole number from 0 to 20. Default 4.
   */
  retries?: number;
  /**
   * Time that a call may take in all, in seconds, from its first send. A resend that would start later is not made, and
   * one that is made gets as `timeout` at most what is left. The first send has only the `timeout` of the instance: set
   * one, or a request that hangs is never known to have failed. From 0.1 to 3600. Default 60.
   */
  deadlineSeconds?: number;
  /**
   * Send writes again whose outcome is not known: the connection broke, time ran out or the server failed, and Intercom
   * may have done what it was asked. Then a contact or a message can come to be twice. Turn it on when your writes are
   * harmless to repeat. No effect on the companies scroll, where a page would be lost unseen. Default `false`.
   */
  replayUnknownWrites?: boolean;
  /**
   * Further places that answer as Intercom, as in `instrumentIntercom`. Requests to any other host are left alone.
   * Default none.
   */
  hosts?: readonly string[];
  /**
   * Part of each window's quota that this process plans with, above 0 and up to 1. Processes that share a token do not
   * see each other's plans: with four of them 0.25 each keeps their sum inside the quota. Default 1.
   */
  quotaShare?: number;
  /**
   * Length of a rate-limit window in seconds. Intercom's are 10; a simulator may have shorter ones. From 1 to 3600.
   * Default 10.
   */
  windowSeconds?: number;
  /**
   * First step of the exponential back-off in seconds, for faults that name no time to wait until. The n-th wait is
   * drawn between half and all of 2^(n-1) steps. From 0.001 to 60. Default 0.5.
   */
  backoffSeconds?: number;
  /** Longest wait of the exponential back-off in seconds. From 0.001 to 600. Default 20. */
  longestBackoffSeconds?: number;
}

/** Checked options, defaults filled in. */
export interface ResolvedRetryOptions {
  readonly retries: number;
  readonly deadlineSeconds: number;
  readonly replayUnknownWrites: boolean;
  readonly hosts: readonly ApiHost[];
  readonly quotaShare: number;
  readonly windowSeconds: number;
  readonly backoffSeconds: number;
  readonly longestBackoffSeconds: number;
}

function checkShare(value: unknown): number {
  const sane = typeof value === "number" && value > 0 && value <= 1;
  return sane ? value : refuse("quotaShare", "a number above 0 and up to 1", value);
}

const KNOWN: ReadonlySet<string> = new Set<keyof IntercomRetryOptions>([
  "retries",
  "deadlineSeconds",
  "replayUnknownWrites",
  "hosts",
  "quotaShare",
  "windowSeconds",
  "backoffSeconds",
  "longestBackoffSeconds",
]);

/**
 * Fills in defaults and checks every option.
 *
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveRetryOptions(options: unknown): ResolvedRetryOptions {
  checkKeys(options, KNOWN);
  const given = options as IntercomRetryOptions;
  return {
    retries: checkWholeNumber("retries", 0, 20, given.retries ?? 4),
    deadlineSeconds: checkNumber("deadlineSeconds", 0.1, 3600, given.deadlineSeconds ?? 60),
    replayUnknownWrites: checkBoolean("replayUnknownWrites", given.replayUnknownWrites ?? false),
    hosts: checkHosts(given.hosts ?? []),
    quotaShare: checkShare(given.quotaShare ?? 1),
    windowSeconds: checkNumber("windowSeconds", 1, 3600, given.windowSeconds ?? 10),
    backoffSeconds: checkNumber("backoffSeconds", 0.001, 60, given.backoffSeconds ?? 0.5),
    longestBackoffSeconds: checkNumber(
      "longestBackoffSeconds",
      0.001,
      600,
      given.longestBackoffSeconds ?? 20,
    ),
  };
}
