import { isIPv6 } from "node:net";

/** What became of a log-in. `busy`: too many from its address, or in all, are waiting. */
export type Verdict = "allowed" | "refused" | "busy";

/** Checks at the same time: each takes 32 MiB and a fraction of a second of a core. */
const MAX_CHECKS_AT_ONCE = 2;
/** Log-ins of one address that wait for those before them. */
const MAX_WAITING = 16;
/** Addresses that are remembered. */
const MAX_ADDRESSES = 1000;
/** Pause of an address after a failed log-in, doubled by each further one. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;
/** An address that has failed and been quiet for so long starts afresh. */
const FORGET_MS = 60_000;

interface Address {
  waiting: number;
  failures: number;
  lastMs: number;
  /** Settles when the last log-in that waits is done. */
  tail: Promise<unknown>;
}

/** A guesser has as many IPv6 addresses as it likes in its own network, so a network counts as one. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [left = [], right] = address.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const zeros = right ? Array.from({ length: 8 - left.length - right.length }, () => "0") : [];
  return [...left, ...zeros, ...(right ?? [])].slice(0, 4).join(":");
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** Lets some run at the same time; the others wait in the order in which they came. */
function createSlots(count: number): (work: () => Promise<boolean>) => Promise<boolean> {
  const queue: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/**
 * Makes the function that checks log-ins in turn: one of an address at a time, with a growing pause after
 * each that fails. Those who guess are slowed, and those who come from elsewhere are not.
 */
export function createLoginQueue(): (
  address: string,
  check: () => Promise<boolean>,
  isGone: () => boolean,
) => Promise<Verdict> {
  const addresses = new Map<string, Address>();
  const inSlot = createSlots(MAX_CHECKS_AT_ONCE);

  /** Forgets quiet addresses; of those that have failed, the oldest when there are too many. */
  const find = (name: string): Address | undefined => {
    const now = performance.now();
    for (const [key, { waiting, lastMs }] of addresses) {
      if (waiting === 0 && (now - lastMs > FORGET_MS || addresses.size >= MAX_ADDRESSES))
        addresses.delete(key);
      else if (addresses.size < MAX_ADDRESSES) break;
    }
    const known = addresses.get(name);
    if (known || addresses.size >= MAX_ADDRESSES) return known;
    const address = { waiting: 0, failures: 0, lastMs: now, tail: Promise.resolve() };
    addresses.set(name, address);
    return address;
  };

  const attempt = async (
    address: Address,
    check: () => Promise<boolean>,
    isGone: () => boolean,
  ): Promise<Verdict> => {
    if (address.failures > 0)
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** (address.failures - 1), LONGEST_PAUSE_MS));
    if (isGone()) return "refused";
    const isRight = await inSlot(check);
    address.lastMs = performance.now();
    address.failures = isRight ? 0 : address.failures + 1;
    return isRight ? "allowed" : "refused";
  };

  return async (name, check, isGone) => {
    const address = find(networkOf(name));
    if (!address || address.waiting >= MAX_WAITING) return "busy";
    address.waiting += 1;
    const mine = address.tail.then(() => attempt(address, check, isGone));
    address.tail = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      address.waiting -= 1;
    }
  };
}
