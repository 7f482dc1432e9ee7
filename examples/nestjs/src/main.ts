import "reflect-metadata";
import { explainIntercomError } from "@intercom-telemetry/axios";
import { startSimulator } from "@intercom-telemetry/simulator";
import { NestFactory } from "@nestjs/core";
import { register } from "prom-client";
import { ContactsService } from "./contacts.service.ts";
import { IntercomModule } from "./intercom.module.ts";

// Stands in for Intercom. In your service there is no simulator, and both variables come from outside.
const simulator = await startSimulator();
process.env.INTERCOM_URL = simulator.url;
process.env.INTERCOM_ACCESS_TOKEN = "demo-token";

const app = await NestFactory.createApplicationContext(IntercomModule, { logger: false });
const contacts = app.get(ContactsService);

const id = await contacts.create("ann@example.com");
console.log(`created, and read back: ${(await contacts.readEmail(id)) === "ann@example.com"}`);
await contacts.create("ann@example.com").catch((error: unknown) => {
  console.log(explainIntercomError(error).line);
});

const lines = (await register.metrics()).split("\n");
console.log(lines.filter((line) => /^intercom_client_requests_total.* [1-9]/.test(line)).join("\n"));
await app.close();
await simulator.close();
