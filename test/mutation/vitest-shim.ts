/**
 * What the tests import in place of `vitest` in a mutation run: the same matchers, and tests that are kept as functions,
 * so that one process can run the few that reach a mutant again and again without loading anything twice.
 */
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";
import { createSpies, realDate } from "./spies.ts";

/** One test. */
export interface KeptTest {
  readonly id: string;
  /** Throws when it fails; leaves nothing behind. */
  readonly run: () => Promise<void>;
}

type Work = (...values: never[]) => unknown;

/** Every test of the files that have been imported. */
export const keptTests: KeptTest[] = [];

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

let file = "";
let group = "";
let before: Work[] = [];
let after: Work[] = [];
let finishers: Work[] = [];
const spies = createSpies();

/** Says whose tests come next; hooks outside of `describe` are those of a file. */
export function beginFile(name: string): void {
  file = name;
  before = [];
  after = [];
}

function keep(name: string, work: Work, values: readonly unknown[]): void {
  const [before_, after_] = [before, after];
  const run = async (): Promise<void> => {
    finishers = [];
    try {
      for (const hook of before_) await hook();
      await work(...(values as never[]));
    } finally {
      for (const hook of [...finishers.reverse(), ...after_]) await hook();
      spies.restore();
    }
  };
  keptTests.push({ id: `${keptTests.length} ${file} ${group} ${name}`, run });
}

function rowsOf(table: readonly unknown[]): readonly (readonly unknown[])[] {
  const nested = table.every((row) => Array.isArray(row));
  return table.map((row) => (nested ? (row as readonly unknown[]) : [row]));
}

function keepEach(table: readonly unknown[]) {
  return (name: string, work: Work): void => {
    for (const row of rowsOf(table)) keep(name, work, row);
  };
}

function openGroup(name: string, work: Work, values: readonly unknown[] = []): void {
  const outer = group;
  group = `${outer} ${name}`;
  work(...(values as never[]));
  group = outer;
}

export const expect = chai.expect;
export const it = Object.assign((name: string, work: Work) => keep(name, work, []), { each: keepEach });
export const test = it;
export const describe = Object.assign((name: string, work: Work) => openGroup(name, work), {
  each: (table: readonly unknown[]) => (name: string, work: Work) => {
    for (const row of rowsOf(table)) openGroup(name, work, row);
  },
});
export const beforeEach = (work: Work): void => void before.push(work);
export const afterEach = (work: Work): void => void after.push(work);
export const onTestFinished = (work: Work): void => void finishers.push(work);

export const vi = {
  spyOn: spies.spyOn,
  useFakeTimers: ({ now }: { now: number }) => realDate.replace(now),
  setSystemTime: (now: number) => realDate.replace(now),
  useRealTimers: () => realDate.restore(),
};
