import { checkBoolean, checkKeys, checkNumber, checkWholeNumber, refuse } from "../check-options.ts";
import { checkHosts } from "../classify/check-hosts.ts";
import type { ApiHost } from "../classify/index.ts";
import { WINDOW_SECONDS } from "../rate-limit/index.ts";

/** Options of the retry policy, the same for every transport. All are optional. */
export interface RetryOptions {
  /**
   * Retries of one call at most. A call that meets a closed window needs one, since it waits for the next window; the
   * others are for faults. Whole number from 0 to 20. Default 4.
   */
  retries?: number | undefined;
  /**
   * Time that a call may take in all, in seconds, from its first attempt. A retry that would start later is not made,
   * and one that is made gets as its time limit at most what is left. The first attempt has only the time limit of the
   * transport: set one, or a request that hangs is never known to have failed. From 0.1 to 3600. Default 60.
   */
  deadlineSeconds?: number | undefined;
  /**
   * Also retry writes whose effect is unknown: the connection broke, time ran out or the server failed, and Intercom may
   * have done what it was asked. Then a contact or a message can exist twice. Turn it on when your writes are harmless
   * to repeat. No effect on the companies scroll, where a page would be lost unseen. Default `false`.
   */
  replayUnknownWrites?: boolean | undefined;
  /**
   * Further places that respond as Intercom, as for the instrumentation. Requests to any other host are left alone.
   * Default none.
   */
  hosts?: readonly string[] | undefined;
  /**
   * Part of each window's quota that this process uses at most, above 0 and up to 1. Processes that throttle share a
   * quota by themselves; a smaller part leaves room for clients that do not. Default 1.
   */
  quotaShare?: number | undefined;
  /**
   * Length of a rate-limit window in seconds. Intercom's are 10; a simulator may have shorter ones. From 1 to 3600.
   * Default 10.
   */
  windowSeconds?: number | undefined;
  /**
   * First step of the exponential backoff in seconds, for faults that name no time to wait until. The n-th wait is
   * drawn between half and all of 2^(n-1) steps. From 0.001 to 60. Default 0.5.
   */
  backoffSeconds?: number | undefined;
  /** Longest wait of the exponential backoff in seconds. From 0.001 to 600. Default 20. */
  longestBackoffSeconds?: number | undefined;
}

/** Checked options, defaults filled in. */
export interface ResolvedRetryOptions {
  readonly retries: number;
  readonly deadlineSeconds: number;
  readonly replayUnknownWrites: boolean;
  /** Every place that counts as Intercom. */
  readonly hosts: readonly ApiHost[];
  readonly quotaShare: number;
  readonly windowSeconds: number;
  readonly backoffSeconds: number;
  readonly longestBackoffSeconds: number;
}

const RETRY_OPTIONS: readonly (keyof RetryOptions)[] = [
  "retries",
  "deadlineSeconds",
  "replayUnknownWrites",
  "hosts",
  "quotaShare",
  "windowSeconds",
  "backoffSeconds",
  "longestBackoffSeconds",
];

function checkShare(value: unknown): number {
  const sane = typeof value === "number" && value > 0 && value <= 1;
  return sane ? value : refuse("quotaShare", "a number above 0 and up to 1", value);
}

/**
 * Checks the options and fills in defaults.
 *
 * @param further names of options that only this transport takes.
 * @throws TypeError naming the option, what was expected and what came.
 */
export function resolveRetryOptions(options: unknown, further: readonly string[] = []): ResolvedRetryOptions {
  checkKeys(options, new Set([...RETRY_OPTIONS, ...further]));
  const {
    retries = 4,
    deadlineSeconds = 60,
    replayUnknownWrites = false,
    hosts = [],
    quotaShare = 1,
    windowSeconds = WINDOW_SECONDS,
    backoffSeconds = 0.5,
    longestBackoffSeconds = 20,
  } = options as RetryOptions;
  return {
    retries: checkWholeNumber("retries", 0, 20, retries),
    deadlineSeconds: checkNumber("deadlineSeconds", 0.1, 3600, deadlineSeconds),
    replayUnknownWrites: checkBoolean("replayUnknownWrites", replayUnknownWrites),
    hosts: checkHosts(hosts),
    quotaShare: checkShare(quotaShare),
    windowSeconds: checkNumber("windowSeconds", 1, 3600, windowSeconds),
    backoffSeconds: checkNumber("backoffSeconds", 0.001, 60, backoffSeconds),
    longestBackoffSeconds: checkNumber("longestBackoffSeconds", 0.001, 600, longestBackoffSeconds),
  };
}
