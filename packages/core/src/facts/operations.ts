import { LEGACY_OPERATIONS, OPERATIONS } from "./generated/operations.ts";
import type { DocumentedOperation } from "./operation.ts";
import { readOperations } from "./operation-outline.ts";

/** Every operation in Intercom's OpenAPI descriptions 2.7 to 2.16 and Preview. */
export const INTERCOM_OPERATIONS: readonly DocumentedOperation[] = readOperations(OPERATIONS);

/** Operations that the descriptions do not have: those that only official SDKs call, and the OAuth code exchange. */
export const INTERCOM_LEGACY_OPERATIONS: readonly DocumentedOperation[] = readOperations(LEGACY_OPERATIONS);

/** Both tables. */
export const ALL_OPERATIONS: readonly DocumentedOperation[] = [
  ...INTERCOM_OPERATIONS,
  ...INTERCOM_LEGACY_OPERATIONS,
];
