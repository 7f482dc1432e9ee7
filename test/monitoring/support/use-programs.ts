import { afterAll, beforeAll } from "vitest";
import { type Generation, pathWith } from "../programs/programs.ts";

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
