// What only the command reads, which checks the same settings in its configuration file. Not for others: it changes in
// any release.
export { DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT, DEFAULT_TIMEOUT_SECONDS } from "./metrics/defaults.ts";
export { describeScrapeError } from "./metrics/describe-scrape-error.ts";
export { isPath, isTls } from "./metrics/option-shapes.ts";
export { findExposure } from "./metrics/safety.ts";
export { isSecretHash } from "./metrics/secret-hash.ts";
