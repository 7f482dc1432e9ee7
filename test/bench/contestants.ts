import { Agent } from "node:http";
import axios, { type AxiosInstance } from "axios";
import { LOAD_VARIANTS, type LoadVariantName, type Subject } from "./load-variants.ts";
import { endingOf, pathOf, respondAtOnce } from "./mixed-responses.ts";
import { registerTracing } from "./variants.ts";

/** An instance that calls are made with. */
export interface Contestant {
  turnOn(): void;
  turnOff(): void;
  /** Makes this many calls of the mix, this many at a time. */
  makeCalls(calls: number, concurrency: number): Promise<void>;
}

const BARE: Subject = { attach() {} };
const HEADERS = { Authorization: "Bearer token", "Intercom-Version": "2.11" };

function createInstance(url: string | undefined): AxiosInstance {
  if (url === undefined)
    return axios.create({ baseURL: "https://api.intercom.io", headers: HEADERS, adapter: respondAtOnce });
  const httpAgent = new Agent({ keepAlive: true });
  return axios.create({ baseURL: url, headers: HEADERS, httpAgent, proxy: false });
}

/** An instance with this subject on it, or with a variant's. */
export function createContestant(of: Subject | LoadVariantName, urls: readonly string[]): Contestant {
  const subject: Subject = typeof of === "string" ? LOAD_VARIANTS[of].create() : of;
  const [url, refusingUrl] = urls;
  const api = createInstance(url);
  subject.attach(api, urls);
  const send = (call: number): Promise<unknown> => {
    const refused = refusingUrl !== undefined && endingOf(call) === "refused";
    return api.get(pathOf(call), refused ? { baseURL: refusingUrl } : {});
  };
  const callOnce = (call: number): Promise<unknown> => subject.call?.(() => send(call)) ?? send(call);
  return {
    turnOn: () => subject.turnOn?.(),
    turnOff: () => subject.turnOff?.(),
    async makeCalls(calls, concurrency) {
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < calls) {
          next += 1;
          // One call in ten fails, as in life; callers handle it.
          await callOnce(next).catch(() => undefined);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
  };
}

/** Registers the SDK that a variant names, for this process. */
export const registerFor = (name: LoadVariantName): void => registerTracing(LOAD_VARIANTS[name].tracing);

/**
 * Bare axios and a variant of the same process, with the SDK registered that the variant names.
 *
 * @param urls of the server, and of a port that refuses; none for the stub adapter.
 */
export function createContestants(
  name: LoadVariantName,
  urls: readonly string[],
): Record<"bare" | "tool", Contestant> {
  registerFor(name);
  const tool = createContestant(name, urls);
  return { bare: createContestant(BARE, urls), tool };
}
