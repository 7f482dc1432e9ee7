/** A route on which a code means something else for a retry than it does everywhere else. */
export interface RouteException {
  readonly method: string;
  readonly template: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly action: string;
}

/** The documented exceptions. Source: Intercom's OpenAPI descriptions of the two routes. */
export const ROUTE_EXCEPTIONS: readonly RouteException[] = [
  {
    method: "GET",
    template: "/companies/scroll",
    code: "server_error",
    retryable: false,
    action: "Throw the cursor away and start the scroll again from the beginning.",
  },
  {
    method: "PUT",
    template: "/teams/{id}",
    code: "conflict",
    retryable: true,
    action: "Read the team, then try again: another request was changing its members.",
  },
];

/** The exception for this code on this route, if there is one. */
export function routeException(method: string, template: string, code: string): RouteException | undefined {
  return ROUTE_EXCEPTIONS.find(
    (row) => row.code === code && row.template === template && row.method === method,
  );
}
