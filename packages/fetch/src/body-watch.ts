import { isObject } from "@intercom-telemetry/core/record";

/** How the caller has read a body. */
export type BodyEnd =
  | { readonly kind: "read"; readonly value: unknown }
  /** It was not what the caller took it for, such as HTML for JSON. */
  | { readonly kind: "unparsed" }
  | { readonly kind: "broken"; readonly error: unknown }
  /** Not read at once: streamed, read later, or never. */
  | { readonly kind: "unread"; readonly isTaken: boolean };

/** By shape: a test runner's sandbox has a Promise of its own. */
const isPromise = (value: unknown): value is Promise<unknown> =>
  isObject(value) && typeof value.then === "function";

/** Watches how the caller reads one response. */
export class BodyWatch {
  /** The caller has taken the stream. The official SDK 6 only looks at it, and then reads. */
  isTaken = false;
  readonly #onEnd: (end: BodyEnd) => void;
  readonly #timer: ReturnType<typeof setTimeout>;
  #isEnded = false;

  constructor(onEnd: (end: BodyEnd) => void) {
    this.#onEnd = onEnd;
    this.#timer = setTimeout(() => this.end({ kind: "unread", isTaken: this.isTaken }), 0);
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  end(end: BodyEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearTimeout(this.#timer);
    this.#onEnd(end);
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
    if (this.#isEnded) return result;
    clearTimeout(this.#timer);
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
