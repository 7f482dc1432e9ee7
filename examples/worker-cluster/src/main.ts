import cluster from "node:cluster";
import { AggregatorRegistry, type PrometheusContentType } from "prom-client";
import { runPrimary } from "./primary.ts";
import { runWorker } from "./worker.ts";

// In a worker, too: this is what makes it respond when the primary asks for its metrics.
const aggregator = new AggregatorRegistry<PrometheusContentType>();

if (cluster.isPrimary) await runPrimary(aggregator);
else await runWorker();
