import { instrumentIntercom } from "@intercom-telemetry/axios";
import axios from "axios";
import axios024 from "axios-0.24";
import axios12 from "axios-1.2";
import axios16 from "axios-1.6";
import { Client } from "intercom-client";
import { Registry } from "prom-client";
import { expect, it } from "vitest";

it("the instances of every supported axios, axios itself and the official SDK are accepted by their own types", () => {
  const registry = new Registry();
  const client = new Client({ tokenAuth: { token: "token" } });
  const handles = [
    instrumentIntercom(axios024.default.create(), { registry }),
    instrumentIntercom(axios12.create(), { registry }),
    instrumentIntercom(axios16.create(), { registry }),
    instrumentIntercom(axios.create(), { registry }),
    instrumentIntercom(axios, { registry }),
    instrumentIntercom(client.axiosInstance, { registry }),
  ];
  for (const handle of handles) handle.detach();
  expect(new Set(handles).size).toBe(6);
});
