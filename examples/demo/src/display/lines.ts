import type { ServiceView } from "./service-view.ts";

/** `12 of 350`, or `unknown`. */
export function describeQuota({ remaining, limit }: ServiceView): string {
  return remaining === undefined || limit === undefined ? "unknown" : `${remaining} of ${limit}`;
}

/** `POST /contacts/search 0.12 s`, or `none`. */
export function describeSlowest({ slowest }: ServiceView): string {
  return slowest ? `${slowest.operation} ${slowest.meanSeconds.toFixed(2)} s` : "none";
}

function describeErrors({ errors }: ServiceView): string {
  const most = [...errors].sort(([, a], [, b]) => b - a);
  return most.map(([code, times]) => `${code} ${times}`).join(", ") || "none";
}

/** One line a service, for a log. */
export function describeView(view: ServiceView, seconds: number): string {
  const facts = [
    `${view.requestsPerSecond.toFixed(1)} requests/s`,
    `remaining ${describeQuota(view)}`,
    `retries ${view.retries}`,
    `slowest ${describeSlowest(view)}`,
    `errors: ${describeErrors(view)}`,
  ];
  return `${seconds.toFixed(0).padStart(4)} s  ${view.name}: ${facts.join("; ")}`;
}
