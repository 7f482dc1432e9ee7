/** What TypeDoc describes: where each package begins, by the name of its page. */
export const API_PAGES: Readonly<Record<string, string>> = {
  axios: "packages/axios/src",
  "axios-retry": "packages/axios/src/retry",
  fetch: "packages/fetch/src",
  register: "packages/register/src/instrumentation",
  core: "packages/core/src",
  exporter: "packages/exporter/src",
  dashboards: "packages/dashboards/src",
  simulator: "packages/simulator/src",
};
