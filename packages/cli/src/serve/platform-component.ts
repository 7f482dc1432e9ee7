/**
 * Products of Intercom, each with the words by which its status page may name it; the first that fits counts. The page
 * is edited by hand, so its names are not known beforehand; as labels they would be anybody's choice.
 */
const COMPONENTS: readonly (readonly [label: string, words: RegExp])[] = [
  ["Webhooks", /\bwebhooks?\b/i],
  ["REST API", /\bapis?\b/i],
  ["Messenger", /\bmessenger\b/i],
  ["Inbox", /\binbox\b/i],
  ["Fin", /\bfin\b/i],
  ["Email", /\be-?mails?\b/i],
  ["Phone", /\b(phone|calls?|calling|voice|switch)\b/i],
  ["Help Center", /\b(help center|articles?|knowledge)\b/i],
  ["Outbound", /\b(outbound|series|campaigns?|messages|news|surveys?|tours?)\b/i],
  ["Tickets", /\btickets?\b/i],
  ["Workflows", /\b(workflows?|automation|rules?)\b/i],
  ["Reporting", /\b(reports?|reporting|analytics)\b/i],
  ["Search", /\bsearch\b/i],
  ["Notifications", /\b(notifications?|push)\b/i],
  ["Mobile", /\b(mobile|ios|android|sdks?)\b/i],
  ["Integrations", /\b(integrations?|apps?|salesforce|slack|whatsapp|instagram|facebook|sms)\b/i],
  ["Data", /\b(data|imports?|exports?|companies|contacts|people|users)\b/i],
  ["Login", /\b(log-?in|sign-?in|sso|authentication|oauth)\b/i],
  ["Web app", /\b(web|website|application|ui|dashboard)\b/i],
];

/** Everything that the page names and the table does not. */
const OTHER_COMPONENT = "other";

/** The `component` label of a name on the status page: one of a closed set. */
export function toComponentLabel(name: string): string {
  return COMPONENTS.find(([, words]) => words.test(name))?.[0] ?? OTHER_COMPONENT;
}
