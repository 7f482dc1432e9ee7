import { metricsHandler } from "@intercom-telemetry/exporter";
import { type AxiosInstance, isAxiosError } from "axios";
import express, { type ErrorRequestHandler, type Express } from "express";
import { register } from "prom-client";

/** Tells our caller whose fault it was, without handing on what Intercom said. */
const respondToFailure: ErrorRequestHandler = (error, _request, response, next) => {
  if (!isAxiosError(error)) return next(error);
  const status = error.response?.status;
  if (status === 404) response.status(404).json({ error: "no such customer" });
  else if (status === 422 || status === 400)
    response.status(400).json({ error: "Intercom refused the data" });
  else response.status(503).json({ error: "Intercom could not be reached" });
};

/** The service: customers go in, contacts come out, and Prometheus finds the metrics. */
export function createApp(intercom: AxiosInstance): Express {
  const app = express();
  app.use(express.json());
  app.post("/customers", async ({ body }, response) => {
    const { data } = await intercom.post("/contacts", { role: "user", email: body.email });
    response.status(201).json({ id: data.id });
  });
  app.get("/customers/:id", async ({ params }, response) => {
    const { data } = await intercom.get(`/contacts/${encodeURIComponent(params.id)}`);
    response.json({ id: data.id, email: data.email });
  });
  app.get("/metrics", metricsHandler(register));
  app.use(respondToFailure);
  return app;
}
