import { isIPv6 } from "node:net";

/** Addresses that are remembered. */
const MAX_ADDRESSES = 1000;
/** An address that has failed and been quiet for so long starts afresh. */
const FORGET_MS = 60_000;

/** What is remembered of an address that logs in. */
export interface Address {
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

/** Makes the memory of addresses; it finds none for a new one while it is full of those that wait. */
export function createKnownAddresses(): (address: string) => Address | undefined {
  const addresses = new Map<string, Address>();

  /** Forgets quiet addresses; of those that have failed, the oldest when there are too many. */
  const forget = (now: number): void => {
    for (const [key, { waiting, lastMs }] of addresses) {
      if (waiting === 0 && (now - lastMs > FORGET_MS || addresses.size >= MAX_ADDRESSES))
        addresses.delete(key);
      else if (addresses.size < MAX_ADDRESSES) break;
    }
  };

  return (address) => {
    const now = performance.now();
    forget(now);
    const network = networkOf(address);
    const known = addresses.get(network);
    if (known || addresses.size >= MAX_ADDRESSES) return known;
    const added = { waiting: 0, failures: 0, lastMs: now, tail: Promise.resolve() };
    addresses.set(network, added);
    return added;
  };
}
