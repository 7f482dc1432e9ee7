import { type Address, createKnownAddresses } from "./known-addresses.ts";

/** What became of a log-in. `busy`: too many from its address, or in all, are waiting. */
export type Verdict = "allowed" | "refused" | "busy";

/** Checks at the same time: each takes 32 MiB and a fraction of a second of a core. */
const MAX_CHECKS_AT_ONCE = 2;
/** Log-ins of one address that wait for those before them. */
const MAX_WAITING = 16;
/** Pause of an address after a failed log-in, doubled by each further one. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

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
  const findAddress = createKnownAddresses();
  const inSlot = createSlots(MAX_CHECKS_AT_ONCE);

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
    const address = findAddress(name);
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
