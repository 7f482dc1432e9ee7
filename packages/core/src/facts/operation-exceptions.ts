/** An operation on which a code means something else for a retry than it does everywhere else. */
export interface OperationException {
  readonly method: string;
  readonly template: string;
  readonly code: string;
  readonly retryable: boolean;
}

/** The documented exceptions. Source: Intercom's OpenAPI descriptions of the two operations. */
export const OPERATION_EXCEPTIONS: readonly OperationException[] = [
  { method: "GET", template: "/companies/scroll", code: "server_error", retryable: false },
  { method: "PUT", template: "/teams/{id}", code: "conflict", retryable: true },
];

/** The exception for this code on this operation, if there is one. */
export function operationException(
  method: string,
  template: string,
  code: string,
): OperationException | undefined {
  return OPERATION_EXCEPTIONS.find(
    (row) => row.code === code && row.template === template && row.method === method,
  );
}
