export { isObject } from "@intercom-telemetry/core/record";
