/** What a fragment may use without a declaration, because the text around it says what it is. */
const DECLARED_AROUND: Readonly<Record<string, string>> = {
  intercom: 'declare const intercom: import("axios").AxiosInstance;',
  email: "declare const email: string;",
  error: "declare const error: unknown;",
  app: "declare const app: { get(path: string, handler: unknown): void };",
  simulator: 'declare const simulator: import("@intercom-telemetry/simulator").Simulator;',
  folder: "declare const folder: string;",
  fetch: "",
  register: 'import { register } from "prom-client";',
  axios: 'import axios from "axios";',
  instrumentIntercom: 'import { instrumentIntercom } from "@intercom-telemetry/axios";',
  intercomFetch: 'import { intercomFetch } from "@intercom-telemetry/fetch";',
  IntercomClient: 'import { IntercomClient } from "intercom-client";',
  serveMetrics: 'import { serveMetrics } from "@intercom-telemetry/exporter";',
  metricsHandler: 'import { metricsHandler } from "@intercom-telemetry/exporter";',
};

/** Whether the block itself brings this name. */
function declares(text: string, name: string): boolean {
  const forms = [
    `(?:const|let|class|function) (?:\\{[^}]*)?\\b${name}\\b`,
    `\\(${name}(?:: \\w+)?\\) (?:=>|\\{)`,
    `import [^;]*\\b${name}\\b[^;]* from`,
  ];
  return new RegExp(forms.join("|")).test(text);
}

/** The block as a module that stands alone. */
export function addAround(text: string, language: string): string {
  if (language === "js") return text;
  const code = text.replace(/"[^"\n]*"|\/\/.*/g, "");
  const around = Object.entries(DECLARED_AROUND)
    .filter(([name]) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(code) && !declares(text, name))
    .map(([, line]) => line);
  return `${text}\n${around.join("\n")}\nexport {};\n`;
}
