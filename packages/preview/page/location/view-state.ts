/** What a page's address says, in Grafana's own words: a copied address means the same there. */
export interface ViewState {
  readonly uid: string | undefined;
  /** E.g. `now-6h`, or milliseconds since the epoch. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** E.g. `30s`; the empty text for never. */
  readonly refresh: string | undefined;
  readonly theme: "light" | "dark" | undefined;
  /** Id of the one panel to show. */
  readonly viewPanel: number | undefined;
  /** Chosen values by variable. */
  readonly variables: Readonly<Record<string, readonly string[]>>;
}

const VARIABLE_PREFIX = "var-";

function readVariables(search: URLSearchParams): Record<string, readonly string[]> {
  const keys = [...new Set(search.keys())].filter((key) => key.startsWith(VARIABLE_PREFIX));
  return Object.fromEntries(keys.map((key) => [key.slice(VARIABLE_PREFIX.length), search.getAll(key)]));
}

/** Reads an address. */
export function parseViewState({ pathname, search }: { pathname: string; search: string }): ViewState {
  const words = new URLSearchParams(search);
  const theme = words.get("theme");
  const panelId = Number(words.get("viewPanel") ?? Number.NaN);
  return {
    uid: /^\/d\/([^/]+)/.exec(pathname)?.[1],
    from: words.get("from") ?? undefined,
    to: words.get("to") ?? undefined,
    refresh: words.get("refresh") ?? undefined,
    theme: theme === "light" || theme === "dark" ? theme : undefined,
    viewPanel: Number.isInteger(panelId) ? panelId : undefined,
    variables: readVariables(words),
  };
}

/** Writes an address that {@link parseViewState} reads back. */
export function formatViewState(state: ViewState): string {
  const words = new URLSearchParams();
  for (const key of ["from", "to", "refresh", "theme", "viewPanel"] as const) {
    const value = state[key];
    if (value !== undefined) words.set(key, String(value));
  }
  for (const [name, values] of Object.entries(state.variables)) {
    for (const value of values) words.append(`${VARIABLE_PREFIX}${name}`, value);
  }
  const query = words.toString();
  return `${state.uid === undefined ? "/" : `/d/${state.uid}`}${query === "" ? "" : `?${query}`}`;
}
