import { instrumentIntercom } from "@intercom-telemetry/axios";
// Node finds the enumerations of this CommonJS package by name, but not the class.
import intercomClient, { type Client, Operators, ReplyToConversationMessageType } from "intercom-client";
import { OLD_TOKEN, runService, type ServiceSettings } from "./services/service.ts";
import type { Scenario } from "./services/traffic.ts";

/** The official SDK, version 5: it shows its axios instance, and that is all the instrumentation needs. */
function createClient({ intercomUrl, metrics, watch }: ServiceSettings, token: string): Client {
  const client = new intercomClient.Client({ tokenAuth: { token } });
  client.useRequestOpts({ baseURL: intercomUrl, timeout: 1500 });
  watch(client.axiosInstance);
  // The trace context is how the demo finds the request of a span in the simulator's ledger.
  instrumentIntercom(client.axiosInstance, {
    client: "help-desk",
    ...metrics,
    hosts: [intercomUrl],
    propagateTraceContext: true,
  });
  return client;
}

const ADMIN_ID = "991";
const USER = { email: "desk-user@example.com", externalId: "desk-user" };

function createScenarios(settings: ServiceSettings): readonly Scenario[] {
  const intercom = createClient(settings, settings.token);
  const misconfigured = createClient(settings, OLD_TOKEN);
  const ids: string[] = [];
  const anyId = (): string => ids[Math.floor(Math.random() * ids.length)] ?? "1";
  const createUser = () => intercom.contacts.createUser(USER);
  const converse = async (): Promise<void> => {
    const found = await intercom.contacts.search({
      data: { query: { field: "email", operator: Operators.EQUALS, value: USER.email } },
    });
    const userId = found.data[0]?.id ?? (await createUser()).id;
    const message = await intercom.conversations.create({ userId, body: "Where is my order?" });
    // The types of version 5 do not know the field that the API responds with.
    const { conversation_id } = message as unknown as { conversation_id: string };
    ids.push(conversation_id);
  };
  const reply = () =>
    intercom.conversations.replyByIdAsAdmin({
      id: anyId(),
      adminId: ADMIN_ID,
      messageType: ReplyToConversationMessageType.COMMENT,
      body: "It is on its way.",
    });
  const event = () =>
    intercom.events.create({
      eventName: "asked-desk",
      createdAt: Math.floor(Date.now() / 1000),
      userId: USER.externalId,
    });
  return [
    { weight: 12, play: converse },
    { weight: 18, play: event },
    { weight: 15, play: reply },
    { weight: 12, play: () => intercom.conversations.find({ id: anyId() }) },
    { weight: 6, play: () => intercom.admins.list() },
    // Mistakes that happen: a user who is there already, a conversation that is not, an old token.
    { weight: 1, play: createUser },
    { weight: 1, play: () => intercom.conversations.find({ id: "404" }) },
    { weight: 1, play: () => misconfigured.admins.list() },
  ];
}

await runService("help-desk", createScenarios);
