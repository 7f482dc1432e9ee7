import { intercomFetch } from "@intercom-telemetry/fetch";
import { IntercomClient } from "intercom-client-7";
import { OLD_TOKEN, runService, type ServiceSettings } from "./services/service.ts";
import type { Scenario } from "./services/traffic.ts";

/** The official SDK, version 7: it takes a fetch, and that is all the instrumentation needs. */
function createClient({ intercomUrl, metrics, watchFetch }: ServiceSettings, token: string): IntercomClient {
  return new IntercomClient({
    token,
    baseUrl: intercomUrl,
    timeoutInSeconds: 1.5,
    // The trace context is how the demo finds the request of a span in the simulator's ledger.
    fetch: intercomFetch({
      client: "support-bot",
      ...metrics,
      hosts: [intercomUrl],
      propagateTraceContext: true,
      fetch: watchFetch(fetch),
    }),
  });
}

const ADMIN_ID = "991";
const USER = { email: "bot-user@example.com", external_id: "bot-user" };

function createScenarios(settings: ServiceSettings): readonly Scenario[] {
  const intercom = createClient(settings, settings.token);
  const misconfigured = createClient(settings, OLD_TOKEN);
  const ids: string[] = [];
  const anyId = (): string => ids[Math.floor(Math.random() * ids.length)] ?? "1";
  const createUser = () => intercom.contacts.create({ role: "user", ...USER });
  const converse = async (): Promise<void> => {
    const query = { field: "email", operator: "=", value: USER.email } as const;
    const found = await intercom.contacts.search({ query });
    const id = found.data[0]?.id ?? (await createUser()).id ?? "";
    const message = await intercom.conversations.create({
      from: { type: "user", id },
      body: "Where is my order?",
    });
    if (message.conversation_id) ids.push(message.conversation_id);
  };
  const reply = () =>
    intercom.conversations.reply({
      conversation_id: anyId(),
      body: { message_type: "comment", type: "admin", admin_id: ADMIN_ID, body: "It is on its way." },
    });
  const event = () =>
    intercom.events.create({
      event_name: "asked-bot",
      created_at: Math.floor(Date.now() / 1000),
      user_id: USER.external_id,
    });
  return [
    { weight: 12, play: converse },
    { weight: 18, play: event },
    { weight: 15, play: reply },
    { weight: 12, play: () => intercom.conversations.find({ conversation_id: anyId() }) },
    { weight: 6, play: () => intercom.admins.list() },
    // Mistakes that happen: a user who is there already, a conversation that is not, an old token.
    { weight: 1, play: createUser },
    { weight: 1, play: () => intercom.conversations.find({ conversation_id: "404" }) },
    { weight: 1, play: () => misconfigured.admins.list() },
  ];
}

await runService("support-bot", createScenarios);
