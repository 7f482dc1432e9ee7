import type { Company } from "./records.ts";

/** The only scroll over companies that an app may have open. */
export interface Scroll {
  /** `undefined` while another one is open. */
  open(companies: readonly Company[], param: string, epochSeconds: number): ScrollPage | undefined;
  /** The next page; `undefined` when the scroll is unknown or has lapsed. */
  next(param: string, epochSeconds: number): ScrollPage | undefined;
}

/** A page of a scroll; an empty one is the last. */
export interface ScrollPage {
  readonly param: string;
  readonly companies: readonly Company[];
}

const PAGE_LENGTH = 100;

/** @param lifeSeconds how long a scroll stays open when nobody asks for its next page. */
export function createScroll(lifeSeconds: number): Scroll {
  let current: { param: string; rest: readonly Company[]; usedEpochSeconds: number } | undefined;

  const isOpen = (epochSeconds: number): boolean =>
    current !== undefined && epochSeconds - current.usedEpochSeconds <= lifeSeconds;

  function takePage(param: string, rest: readonly Company[], epochSeconds: number): ScrollPage {
    const companies = rest.slice(0, PAGE_LENGTH);
    current =
      companies.length === 0
        ? undefined
        : { param, rest: rest.slice(PAGE_LENGTH), usedEpochSeconds: epochSeconds };
    return { param, companies };
  }

  return {
    open(companies, param, epochSeconds) {
      return isOpen(epochSeconds) ? undefined : takePage(param, companies, epochSeconds);
    },
    next(param, epochSeconds) {
      if (!current || current.param !== param || !isOpen(epochSeconds)) return undefined;
      return takePage(param, current.rest, epochSeconds);
    },
  };
}
