/** A request that an SDK would have sent. */
export interface RecordedRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
}

type Method = (...args: unknown[]) => unknown;
type ClientClass = new (options: Readonly<Record<string, unknown>>) => object;

const ORIGIN = "https://api.example";

/** Calls a method of an SDK with a transport that only looks. */
export async function recordCall(
  Client: ClientClass,
  path: readonly string[],
  args: readonly unknown[],
): Promise<RecordedRequest | undefined> {
  let recorded: RecordedRequest | undefined;
  const fetcher = async ({ url, method }: { url: string; method: string }) => {
    recorded = { method, path: decodeURIComponent(new URL(url).pathname) };
    return { ok: true, body: {}, rawResponse: { headers: new Headers(), status: 200 } };
  };
  let owner: unknown = new Client({ token: "token", baseUrl: ORIGIN, fetcher });
  for (const name of path.slice(0, -1)) owner = (owner as Record<string, unknown>)[name];
  const method = (owner as Record<string, Method>)[path.at(-1) ?? ""];
  await method?.apply(owner, [...args]);
  return recorded;
}
