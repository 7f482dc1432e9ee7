import fc from "fast-check";
import type { Watch } from "../watch.ts";
import { type Call, settle } from "./settle.ts";
import type { Target } from "./target.ts";

const KEYS = [
  "status",
  "headers",
  "data",
  "cached",
  "response",
  "code",
  "name",
  "message",
  "cause",
  "config",
  "errors",
  "request_id",
  "__CANCEL__",
  "then",
] as const;

/** How one member of a hostile object behaves. */
const behavior = fc.constantFrom("throws", "loops", "function", "symbol", "number", "absent", "proxy");

type Behavior = typeof behavior extends fc.Arbitrary<infer Value> ? Value : never;

const THROWER = new Proxy(() => undefined, {
  get() {
    throw new Error("read");
  },
  has() {
    throw new Error("asked");
  },
  ownKeys() {
    throw new Error("listed");
  },
});

function define(target: object, key: string, kind: Behavior): void {
  const getters: Readonly<Record<Behavior, () => unknown>> = {
    throws: () => {
      throw new Error("a getter throws");
    },
    loops: () => target,
    function: () => () => target,
    symbol: () => Symbol.iterator,
    number: () => 429,
    absent: () => undefined,
    proxy: () => THROWER,
  };
  Object.defineProperty(target, key, { get: getters[kind], enumerable: true, configurable: true });
}

const members = fc.array(fc.tuple(fc.constantFrom(...KEYS.slice(0, -1)), behavior), { maxLength: 5 });

/** An object of the user's own adapter whose members misbehave when they are read. */
function build(isError: boolean, list: readonly (readonly [string, Behavior])[]): object {
  const target: object = isError ? new Error("x") : {};
  for (const [key, kind] of list) define(target, key, kind);
  return target;
}

async function kindOf(work: Promise<unknown>): Promise<{ kind: string; value: unknown }> {
  return work.then(
    (value) => ({ kind: "resolved", value }),
    (value: unknown) => ({ kind: "rejected", value }),
  );
}

/** Adapters that resolve or reject with objects on which nothing can be relied. The requests are still counted. */
export function createHostileObjectTarget(watch: Watch): Target {
  const property = fc.asyncProperty(fc.boolean(), fc.boolean(), members, async (rejects, isError, list) => {
    const given = build(isError, list);
    const call: Call = {
      config: { url: "https://api.intercom.io/contacts" },
      // A thenable would be taken for a promise by the language itself.
      adapter: () => (rejects ? Promise.reject(given) : Promise.resolve(given)),
    };
    const measured = await kindOf(settle(watch.measured, call));
    const bare = await kindOf(settle(watch.bare, call));
    const recorded = watch.checkCase();
    if (JSON.stringify(measured) !== JSON.stringify(bare)) throw new Error("the caller saw a difference");
    const cached = list.some(([key]) => key === "cached");
    if (recorded !== 1 && !cached) throw new Error(`${recorded} requests written down, 1 was sent`);
  });
  return {
    name: "hostile objects",
    weight: 1,
    async run(parameters) {
      await fc.assert(property, parameters);
    },
  };
}
