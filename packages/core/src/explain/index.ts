export { explainEnding } from "./explain-ending.ts";
export { explainOutcome } from "./explain-outcome.ts";
export type { ExplainedOutcome } from "./explained-outcome.ts";
export type { ErrorExplanation } from "./explanation.ts";
