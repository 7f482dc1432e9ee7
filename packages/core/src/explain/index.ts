export type { FailedAnswer } from "./explain-answer.ts";
export { explainAnswer } from "./explain-answer.ts";
export { explainOutcome } from "./explain-outcome.ts";
export type { ErrorExplanation } from "./explanation.ts";
