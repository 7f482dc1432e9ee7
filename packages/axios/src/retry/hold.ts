import type { RequestConfig } from "../axios-types.ts";
import { readCallState, startOf, writeCallState } from "./call-state.ts";
import type { Clocks } from "./decide.ts";
import type { WaitSettings } from "./wait.ts";

/** Sends that may leave into a window before its first answer has said how much is left. */
const SCOUTS = 10;
/** How often the others look whether an answer has come, and how long they do before they leave all the same. */
const SCOUTING_STEP_SECONDS = 0.05;
const LONGEST_SCOUTING_SECONDS = 1;

/** One send that waits for room in a window. */
export class Hold {
  readonly #config: RequestConfig;
  readonly #settings: WaitSettings;
  readonly #clocks: Clocks;
  readonly #startedMilliseconds: number;
  readonly #begunMilliseconds: number;
  /** A resend that was given a place is one of many that come at the pace of the quota: it scouts for nobody. */
  readonly #scouts: number;
  #place: number | undefined;

  constructor(config: RequestConfig, settings: WaitSettings, clocks: Clocks) {
    this.#config = config;
    this.#settings = settings;
    this.#clocks = clocks;
    this.#begunMilliseconds = clocks.monotonicMilliseconds();
    this.#startedMilliseconds = startOf(config, this.#begunMilliseconds, clocks.epochMilliseconds());
    this.#place = readCallState(config)?.windowEndEpochSeconds;
    this.#scouts = this.#place === undefined ? SCOUTS : Number.POSITIVE_INFINITY;
  }

  /** Seconds until it should ask again; `undefined` when the request is to leave now. */
  next(): number | undefined {
    this.giveBackPlace();
    const { plan, deadlineSeconds } = this.#settings;
    const localEpochSeconds = this.#clocks.epochMilliseconds() / 1000;
    const scouting = this.#heldSeconds() < LONGEST_SCOUTING_SECONDS;
    const admission = plan.admit(localEpochSeconds, scouting ? this.#scouts : Number.POSITIVE_INFINITY);
    if (admission === "yes") return undefined;
    if (admission === "unheard") return SCOUTING_STEP_SECONDS;
    const wait = plan.reserve(localEpochSeconds, plan.endOfWindow(localEpochSeconds));
    if (!wait) return undefined;
    this.#place = wait.windowEndEpochSeconds;
    const elapsedSeconds = (this.#clocks.monotonicMilliseconds() - this.#startedMilliseconds) / 1000;
    // Too late for a place: the request leaves, so that the caller gets Intercom's own answer and not one of ours.
    return elapsedSeconds + wait.seconds < deadlineSeconds ? wait.seconds : undefined;
  }

  giveBackPlace(): void {
    if (this.#place !== undefined) this.#settings.plan.release(this.#place);
    this.#place = undefined;
  }

  /** The wait becomes part of what the span of this send says; a resend keeps the reason that it has. */
  note(): void {
    const state = readCallState(this.#config);
    const heldSeconds = this.#heldSeconds();
    if (!state && heldSeconds === 0) return;
    const { seconds = 0, reason = "held_back" } = state?.delay ?? {};
    const delay = { seconds: seconds + heldSeconds, reason };
    writeCallState(this.#config, { startedMilliseconds: this.#startedMilliseconds, delay });
  }

  #heldSeconds(): number {
    return (this.#clocks.monotonicMilliseconds() - this.#begunMilliseconds) / 1000;
  }
}
