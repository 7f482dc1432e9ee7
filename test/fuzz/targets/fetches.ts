import { setTimeout as sleep } from "node:timers/promises";
import { intercomFetch } from "@intercom-telemetry/fetch";
import fc from "fast-check";
import { failure, thrownValue, toError } from "../arbitraries/failures.ts";
import { type Answer, answer } from "../arbitraries/responses.ts";
import type { Watch } from "../watch.ts";
import type { Target } from "./target.ts";

const URLS = ["contacts/5f0c1b2a", "conversations/search", "export/content/data", "nothing"].map(
  (path) => `https://api.intercom.io/${path}`,
);
const WITHOUT_BODY: ReadonlySet<unknown> = new Set([204, 205, 304]);
/** What nobody reads is read from a clone, after a while. */
const LONGEST_WAIT_MILLISECONDS = 5000;

/** What the fetch below ends with: a response or a rejection, the same for each time that it is made. */
type Ending = () => { readonly value: unknown; readonly rejects: boolean };

function toResponse({ status, headers, data }: Answer): Response | undefined {
  const body = typeof data === "string" || data instanceof Uint8Array ? data : JSON.stringify(data);
  try {
    const init = { status: status as number, headers: headers as Record<string, string> };
    return new Response(WITHOUT_BODY.has(status) ? null : (body as string), init);
  } catch {
    // Nothing that a fetch could end with.
    return undefined;
  }
}

const ending: fc.Arbitrary<Ending> = fc.oneof(
  {
    weight: 4,
    arbitrary: answer
      .filter((given) => toResponse(given) !== undefined)
      .map((given) => () => ({ value: toResponse(given), rejects: false })),
  },
  { weight: 1, arbitrary: failure.map((given) => () => ({ value: toError(given), rejects: true })) },
  { weight: 1, arbitrary: thrownValue.map((value) => () => ({ value, rejects: true })) },
);

const readText = (value: unknown): Promise<string> | undefined =>
  value instanceof Response ? value.text() : undefined;

/** Whatever a fetch ends with: the caller gets the very same, its body included, and one attempt is written down. */
export function createFetchTarget(watch: Watch): Target {
  let current: { readonly value: unknown; readonly rejects: boolean };
  const base = async (): Promise<Response> => {
    if (current.rejects) throw current.value;
    return current.value as Response;
  };
  const measured = intercomFetch({ client: "fuzz", onOutcome: watch.onOutcome, fetch: base });
  const property = fc.asyncProperty(
    fc.constantFrom(...URLS),
    ending,
    fc.boolean(),
    async (url, end, isRead) => {
      current = end();
      const settled = await measured(url).then(
        (value) => ({ value, rejects: false }),
        (value: unknown) => ({ value, rejects: true }),
      );
      const isSame = Object.is(settled.value, current.value) && settled.rejects === current.rejects;
      if (!isSame) throw new Error("the caller got something else than the fetch below gave");
      if (isRead && (await readText(settled.value)) !== (await readText(end().value))) {
        throw new Error("the caller read another body");
      }
      let recorded = 0;
      const started = performance.now();
      while (recorded === 0 && performance.now() - started < LONGEST_WAIT_MILLISECONDS) {
        await sleep(0);
        recorded = watch.checkCase();
      }
      if (recorded !== 1) throw new Error(`${recorded} attempts written down, 1 was made`);
    },
  );
  return { name: "fetches", weight: 0.5, run: (parameters) => fc.assert(property, parameters) };
}
