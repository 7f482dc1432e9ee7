import axios from "axios";

/** What is written down of a failure. */
export interface SeenFailure {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly requestId?: unknown;
  readonly code: string;
  readonly category: string;
  readonly retryable: boolean;
}

/** The codes that the bench's server sends, and what they mean. */
const CATEGORIES: Readonly<Record<string, string>> = {
  rate_limit_exceeded: "rate_limit",
  not_found: "not_found",
};

interface ErrorList {
  readonly request_id?: unknown;
  readonly errors?: readonly { readonly code?: unknown }[];
}

function parse(text: unknown): ErrorList {
  try {
    return typeof text === "string" ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}

/** Looks at a failed request as a careful engineer would: the status, else the code of the error; the body's first code. */
export function lookAtFailure(error: unknown): SeenFailure {
  const response = axios.isAxiosError(error) ? error.response : undefined;
  if (!response) {
    const refused = axios.isAxiosError(error) && error.code === "ECONNREFUSED";
    const code = refused ? "connection_refused" : "network_error";
    return { code, category: "transport", retryable: true };
  }
  const { status, headers, data } = response;
  const { request_id: requestId = headers["x-request-id"], errors } = parse(data);
  const code = String(errors?.[0]?.code ?? "other");
  const retryable = status === 429 || status >= 500;
  return { status, headers, requestId, code, category: CATEGORIES[code] ?? "unknown", retryable };
}
