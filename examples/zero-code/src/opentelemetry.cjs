// Set up by OpenTelemetry's own variables. In your service it may be @opentelemetry/auto-instrumentations-node/register.
const { NodeSDK } = require("@opentelemetry/sdk-node");

const sdk = new NodeSDK();
sdk.start();
process.once("beforeExit", () => sdk.shutdown());
