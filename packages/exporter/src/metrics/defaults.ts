/** Where metrics are served when nobody says otherwise. 9464 is the port that OpenTelemetry reserves for this. */
export const DEFAULT_HOST = "127.0.0.1";
export const DEFAULT_PORT = 9464;
export const DEFAULT_PATH = "/metrics";

/** Longest time for one scrape or one request, in seconds; Prometheus' default for a scrape. */
export const DEFAULT_TIMEOUT_SECONDS = 10;
