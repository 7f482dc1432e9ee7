import { isObject } from "@intercom-telemetry/core/record";
import type { Turn } from "./next-turn.ts";
import { cancelTurn, onNextTurn } from "./next-turn.ts";

/** How the caller has read a body. */
export type BodyEnd =
  | { readonly kind: "read"; readonly value: unknown }
  /** It was not what the caller took it for, such as HTML for JSON. */
  | { readonly kind: "unparsed" }
  | { readonly kind: "broken"; readonly error: unknown }
  /** Not read at once: streamed, read later, or never. */
  | { readonly kind: "unread"; readonly isTaken: boolean };

/** By shape: a test runner's sandbox has its own Promise. */
const isPromise = (value: unknown): value is Promise<unknown> =>
  isObject(value) && typeof value.then === "function";

/** Watches how the caller reads one response. */
export class BodyWatch {
  /** The caller has taken the stream. The official SDK 6 only looks at it, and then reads. */
  isTaken = false;
  /** Until the end, after which nothing of the attempt is held. */
  #onEnd: ((end: BodyEnd) => void) | undefined;
  readonly #turn: Turn;
  #isReading = false;

  constructor(onEnd: (end: BodyEnd) => void) {
    this.#onEnd = onEnd;
    this.#turn = onNextTurn(() => this.end({ kind: "unread", isTaken: this.isTaken }));
  }

  /** Nobody has read the body yet, or began to. */
  get isWaiting(): boolean {
    return this.#onEnd !== undefined && !this.#isReading;
  }

  end(end: BodyEnd): void {
    const onEnd = this.#onEnd;
    this.#onEnd = undefined;
    onEnd?.(end);
  }

  /**
   * The caller reads the body.
   *
   * @param name of the method.
   * @param result what the method has returned.
   * @returns what the caller gets: a promise that settles as the method's does, since listening to that one would
   *   hide a rejection that nobody handles.
   */
  reads(name: string, result: unknown): unknown {
    this.#isReading = true;
    cancelTurn(this.#turn);
    if (!isPromise(result)) {
      this.end({ kind: "unread", isTaken: true });
      return result;
    }
    return result.then(
      (value: unknown) => {
        this.end({ kind: "read", value });
        return value;
      },
      (error: unknown) => {
        const isParser = name === "formData" || (isObject(error) && error.name === "SyntaxError");
        this.end(isParser ? { kind: "unparsed" } : { kind: "broken", error });
        throw error;
      },
    );
  }
}

/** The watch of each response that is watched. */
export const watches: WeakMap<object, BodyWatch> = new WeakMap();
