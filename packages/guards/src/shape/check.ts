import { formatPath, type Path } from "./problem.ts";
import { read, type Shape } from "./shape.ts";

/**
 * Checks a value that came from outside.
 *
 * @param name of the whole value in messages.
 * @param path that stands before the keys in messages.
 * @throws TypeError with a line for each problem, which names the key, what was expected and what came.
 */
export function check<T>(shape: Shape<T>, value: unknown, name: string, path: Path = []): T {
  const reading = read(shape, value, path);
  if ("value" in reading) return reading.value;
  const lines = reading.problems.map((problem) => `${formatPath(problem.path) || name}: ${problem.message}`);
  throw new TypeError(lines.join("\n"));
}
