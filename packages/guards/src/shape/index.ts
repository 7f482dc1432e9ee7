export { check } from "./check.ts";
export type { Fields, OfKind } from "./containers.ts";
export { byKey, distinct, either, list, object, orEmpty, record } from "./containers.ts";
export { describeValue } from "./describe-value.ts";
export { nearestWords } from "./nearest.ts";
export type { Path, Problem, Report } from "./problem.ts";
export { formatPath, refuse } from "./problem.ts";
export type { Reading, Shape } from "./shape.ts";
export {
  anything,
  boolean,
  convert,
  filledString,
  integer,
  number,
  oneOf,
  optional,
  read,
  refine,
  satisfies,
  secret,
  string,
  withDefault,
} from "./shape.ts";
