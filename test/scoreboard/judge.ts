import { isDeepStrictEqual } from "node:util";
import type { LedgerEntry } from "@intercom-telemetry/simulator";
import type { CallerView } from "./caller-view.ts";
import type { CandidateName } from "./candidates/names.ts";
import { judgeBook } from "./judge-book.ts";
import type { Scenario } from "./scenario.ts";
import { truthOf } from "./truth.ts";
import type { Report } from "./worker.ts";

/** What comes out for one tool in one scenario. */
export interface Verdict {
  readonly result: "right" | "wrong" | "not offered";
  /** What is wrong, or why it is not offered. */
  readonly reason?: string;
}

/** One run: what the process said, or how it died, and what the server saw. */
export interface Run {
  readonly report: Report | { readonly died: string };
  readonly ledger: readonly LedgerEntry[];
}

const wrong = (reason: string): Verdict => ({ result: "wrong", reason });

const describeError = ({ settled, value }: CallerView): string | undefined => {
  const { kind, message } = (value ?? {}) as { kind?: string; message?: string };
  return settled === "rejected" && kind !== undefined ? `${kind}: ${message}` : undefined;
};

/** The error that the caller should not have got, or the place from which on the two differ. */
function showChange(expected: CallerView, found: CallerView): string {
  const error = describeError(found);
  if (error !== undefined && error !== describeError(expected)) return `the caller got ${error}`;
  const [left, right] = [JSON.stringify(expected), JSON.stringify(found)];
  const from = Math.max(0, [...left].findIndex((character, at) => character !== right[at]) - 40);
  return `the caller got ${right.slice(from, from + 120)} instead of ${left.slice(from, from + 120)}`;
}

function harmed(
  scenario: Scenario,
  bare: Report,
  run: Run & { readonly report: Report },
): string | undefined {
  for (const [index, expected] of bare.calls.entries()) {
    const found = run.report.calls[index];
    if (!found) return "the caller made fewer calls";
    if (!isDeepStrictEqual(expected, found)) return showChange(expected, found);
  }
  const sent = run.ledger.find(({ traceparent }) => traceparent !== scenario.traceparent);
  if (scenario.traceparent !== undefined && sent) return `traceparent left as ${sent.traceparent}`;
  return undefined;
}

/** The record alone. A tool that keeps two sets of books must have them right; of a pair of tools one is enough. */
function judgeRecord(
  scenario: Scenario,
  bare: Report,
  { report, ledger }: Run & { report: Report },
): Verdict {
  const truth = truthOf(scenario, ledger, bare.calls.length);
  const asked = report.books
    .map((book) => ({ book, facets: scenario.asks.filter((facet) => book.keeps.includes(facet)) }))
    .filter(({ facets }) => facets.length > 0);
  if (asked.length === 0) return { result: "not offered" };
  const keepers = [...new Set(asked.map(({ book }) => book.keeper))];
  const complaints = keepers.map((keeper) =>
    asked
      .filter(({ book }) => book.keeper === keeper)
      .map(({ book, facets }) => judgeBook(book, facets, truth))
      .find((each) => each !== undefined),
  );
  const first = complaints[0];
  return first === undefined || complaints.includes(undefined) ? { result: "right" } : wrong(first);
}

/** Judges one tool in one scenario by the ledger and by what a run with bare axios saw. */
export function judge(scenario: Scenario, tool: CandidateName, bare: Report, run: Run): Verdict {
  const { report, ledger } = run;
  const unusable = scenario.notFor?.[tool];
  if (unusable !== undefined) return { result: "not offered", reason: unusable };
  if ("died" in report) return wrong(`the process died: ${report.died}`);
  const harm = harmed(scenario, bare, { report, ledger });
  if (harm !== undefined) return wrong(harm);
  const verdict =
    scenario.asks.length === 0
      ? { result: "right" as const }
      : judgeRecord(scenario, bare, { report, ledger });
  const beyond = scenario.beyond?.[tool];
  return verdict.result === "wrong" && beyond !== undefined
    ? { result: "not offered", reason: beyond }
    : verdict;
}
