/**
 * What the data about Intercom's API does not have. Each row is also in `src/facts/generated/`, written by
 * `npm run generate -- facts`, or by hand where the data is not at hand: a test compares the two.
 */
import type { ErrorKind } from "../src/facts/error-description.ts";
import type { ErrorAdviceRow } from "../src/facts/error-row.ts";

/** What the official SDKs 6 and 7 call, and the OAuth code exchange, which is described in prose only. */
export const MORE_OPERATIONS: readonly (readonly [method: string, template: string])[] = [
  ["POST", "/custom_channel_events/notify_new_conversation"],
  ["POST", "/custom_channel_events/notify_new_message"],
  ["POST", "/custom_channel_events/notify_quick_reply_selected"],
  ["POST", "/custom_channel_events/notify_attribute_collected"],
  ["POST", "/auth/eagle/token"],
];

/** Codes that services have seen and no documentation names. None is known today. */
export const MORE_ERRORS: readonly { readonly kind: ErrorKind; readonly advice: ErrorAdviceRow }[] = [];
