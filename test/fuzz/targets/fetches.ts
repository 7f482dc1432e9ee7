import { intercomFetch } from "@intercom-telemetry/fetch";
import fc from "fast-check";
import { ending } from "../arbitraries/endings.ts";
import type { Watch } from "../watch.ts";
import type { Target } from "./target.ts";
import { waitForRecords } from "./wait-for-records.ts";

const URLS = ["contacts/5f0c1b2a", "conversations/search", "export/content/data", "nothing"].map(
  (path) => `https://api.intercom.io/${path}`,
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
      await waitForRecords(watch, 1);
    },
  );
  return { name: "fetches", weight: 0.5, run: (parameters) => fc.assert(property, parameters) };
}
