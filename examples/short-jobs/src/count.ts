import type { Simulator } from "@intercom-telemetry/simulator";

/** How often each operation had each status. */
export type Counts = Readonly<Record<string, number>>;

const REQUESTS = "intercom_client_requests_total";

function add(counts: Record<string, number>, labels: Readonly<Record<string, string>>, value: number): void {
  const key = `${labels.method} ${labels.url_template} ${labels.status_code}`;
  if (value > 0) counts[key] = (counts[key] ?? 0) + value;
}

/** What a page of metrics says of one client. */
export function countPage(page: string, client: string): Counts {
  const counts: Record<string, number> = {};
  for (const line of page.split("\n")) {
    const [, inside, value] = new RegExp(`^${REQUESTS}\\{(.*)\\} (\\S+)`).exec(line) ?? [];
    const labels = Object.fromEntries(
      [...(inside ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, key, each]) => [key, each]),
    );
    if (labels.client === client) add(counts, labels, Number(value));
  }
  return counts;
}

/** What arrived over OTLP. */
export function countOtlp(lastValues: (name: string) => ReadonlyMap<string, number>): Counts {
  const counts: Record<string, number> = {};
  for (const [labels, value] of lastValues(REQUESTS)) add(counts, JSON.parse(labels), value);
  return counts;
}

/** What the simulated Intercom saw. */
export function countLedger({ ledger }: Simulator): Counts {
  const counts: Record<string, number> = {};
  for (const { method, urlTemplate, status } of ledger.entries()) {
    add(counts, { method, url_template: urlTemplate, status_code: String(status) }, 1);
  }
  return counts;
}
