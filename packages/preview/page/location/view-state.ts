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
  const parameters = new URLSearchParams(search);
  const theme = parameters.get("theme");
  const panelId = Number(parameters.get("viewPanel") ?? Number.NaN);
  return {
    uid: /^\/d\/([^/]+)/.exec(pathname)?.[1],
    from: parameters.get("from") ?? undefined,
    to: parameters.get("to") ?? undefined,
    refresh: parameters.get("refresh") ?? undefined,
    theme: theme === "light" || theme === "dark" ? theme : undefined,
    viewPanel: Number.isInteger(panelId) ? panelId : undefined,
    variables: readVariables(parameters),
  };
}

/** Writes an address that {@link parseViewState} reads back. */
export function formatViewState(state: ViewState): string {
  const parameters = new URLSearchParams();
  for (const key of ["from", "to", "refresh", "theme", "viewPanel"] as const) {
    const value = state[key];
    if (value !== undefined) parameters.set(key, String(value));
  }
  for (const [name, values] of Object.entries(state.variables)) {
    for (const value of values) parameters.append(`${VARIABLE_PREFIX}${name}`, value);
  }
  const query = parameters.toString();
  return `${state.uid === undefined ? "/" : `/d/${state.uid}`}${query === "" ? "" : `?${query}`}`;
}
