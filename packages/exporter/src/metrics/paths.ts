/** Where an orchestrator asks whether the process lives. It says nothing else, so it needs no credentials. */
export const HEALTH_PATH = "/healthz";
