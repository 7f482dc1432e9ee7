/** An operation, as `endpoints.json` has it. */
export interface SourceOperation {
  method: string;
  path: string;
  retry_hint: string;
  search: boolean;
  pagination: string | null;
  response: string;
  success_statuses: string[];
  path_params?: { name: string; pii: boolean }[];
}

/** A code, as `error-codes.json` has it. */
export interface SourceError {
  code: string;
  description: string;
  category: string;
  retryable: boolean;
  retry_mode: string;
  action: string;
  http_statuses: Record<string, unknown>;
  typical_status: number | null;
  min_wait_seconds?: number;
  confidence?: string;
}
