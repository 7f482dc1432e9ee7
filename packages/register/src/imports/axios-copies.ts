import { COPIES_KEY } from "./stand-in.ts";

/** The copies of axios that the program has loaded, and who wants to know of them. */
export interface AxiosCopies {
  readonly found: Set<unknown>;
  readonly listeners: Set<(axios: unknown) => void>;
  /** A copy was loaded. Called by the modules that the hook on imports writes, too. */
  tell(axios: unknown): void;
}

function createCopies(): AxiosCopies {
  const found = new Set<unknown>();
  const listeners = new Set<(axios: unknown) => void>();
  return {
    found,
    listeners,
    tell(axios) {
      if (found.has(axios)) return;
      found.add(axios);
      for (const listener of listeners) listener(axios);
    },
  };
}

const holder = globalThis as { [key: symbol]: AxiosCopies | undefined };

export const axiosCopies: AxiosCopies = holder[Symbol.for(COPIES_KEY)] ?? createCopies();
holder[Symbol.for(COPIES_KEY)] = axiosCopies;
