import { explainIntercomError } from "@intercom-telemetry/axios";
import { startSimulator } from "@intercom-telemetry/simulator";
import axios from "axios";
import { findOrCreateContact, readContact } from "./find-or-create-contact.ts";
import { searchThenCreate } from "./search-then-create.ts";

const CALLERS = 20;

// Stands in for Intercom; its search shows a new contact after two seconds. In your service there is no simulator.
const simulator = await startSimulator({ indexLagSeconds: 2 });
const intercom = axios.create({
  baseURL: simulator.url,
  headers: { Authorization: "Bearer demo-token", "Intercom-Version": "2.14" },
});

const callAll = <Result>(call: () => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: CALLERS }, call));

const ann = { email: "ann@example.com", externalId: "ann" };
const racing = await callAll(() => searchThenCreate(intercom, ann));
const failures = racing.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
console.log(`search, then create: ${failures.length} of ${CALLERS} callers failed`);
if (failures[0]) console.log(`  ${explainIntercomError(failures[0]).line}`);

const ben = { email: "ben@example.com", externalId: "ben" };
const settled = await callAll(() => findOrCreateContact(intercom, ben));
const found = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
const ids = new Set(found.map(({ contact }) => contact.id));
const created = found.filter((each) => each.created).length;
console.log(
  `create, on conflict read: ${found.length} of ${CALLERS} callers have it, ${created} created it, ${ids.size} contact`,
);

const lead = await intercom.post("/contacts", { role: "lead" });
const [id] = ids;
await intercom.post("/contacts/merge", { from: lead.data.id, into: id });
const survivor = await readContact(intercom, lead.data.id);
console.log(`a lead that was merged is read as the contact it lives on in: ${survivor.id === id}`);

await simulator.close();
