import { type Generation, pathWith } from "@intercom-telemetry/local-prometheus";
import { afterAll, beforeAll } from "vitest";

/** For the tests around the call, the programs of a generation come first on the PATH. */
export function usePrograms(generation: Generation): void {
  const before = process.env.PATH;
  beforeAll(() => {
    process.env.PATH = pathWith(generation);
  });
  afterAll(() => {
    process.env.PATH = before;
  });
}
