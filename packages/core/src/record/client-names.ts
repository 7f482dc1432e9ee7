import { OTHER_CLIENT } from "../contract/index.ts";

/** Names that a function may give before further ones become `other`: each is a set of series. */
const MOST_CLIENTS = 100;
/** Longest name of a client. */
export const LONGEST_CLIENT_CHARACTERS = 100;

/** Whether the value can be a client's name. */
export function isClientName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_CLIENT_CHARACTERS;
}

/** Keeps the names that a function gives to a bounded number. */
export class ClientNames {
  readonly #known = new Set<string>();

  /** @returns the name; `other` for what is not a name and for names beyond the bound. */
  admit(name: unknown): string {
    if (!isClientName(name)) return OTHER_CLIENT;
    if (this.#known.has(name)) return name;
    if (this.#known.size >= MOST_CLIENTS) return OTHER_CLIENT;
    this.#known.add(name);
    return name;
  }
}
