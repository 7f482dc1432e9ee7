import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readConfigFile } from "../../../packages/cli/src/config/config-file.ts";
import { readConfig as readDashboards } from "../../../packages/cli/src/dashboards/read-config.ts";

import { readAlertRules } from "../../../packages/cli/src/drill/read-rules.ts";
import { UsageError } from "../../../packages/cli/src/errors/exit-codes.ts";
import { readConfig as readServe } from "../../../packages/cli/src/serve/read-config.ts";
import { resolveConfig } from "../../../packages/dashboards/src/config/resolve-config.ts";
import { configFile } from "../arbitraries/config-files.ts";
import { findSecret } from "../secrets.ts";
import type { Target } from "./target.ts";

/** One reader of files that users write. */
interface Reader {
  readonly read: (file: string) => unknown;
  /** What is wrong with how it refused a file. */
  readonly problemOf: (error: unknown, file: string) => string | undefined;
}

function configErrorProblem(error: unknown, file: string): string | undefined {
  if (!(error instanceof UsageError)) return `threw ${String(error)}`;
  const line = error.message.split("\n").find((each) => !each.startsWith(`${file}:`));
  if (line !== undefined) return `a line that does not name the file: ${line}`;
  const secret = findSecret(error.message);
  return secret && `the message holds the secret "${secret}": ${error.message}`;
}

const READERS: Readonly<Record<string, Reader>> = {
  "serve's configuration": {
    read: async (file) => readServe(await readConfigFile(file)),
    problemOf: configErrorProblem,
  },
  "alerting rules": { read: readAlertRules, problemOf: configErrorProblem },
  "the dashboards' configuration": {
    read: async (file) => resolveConfig(await readDashboards(file, { folder: ".", writeError() {} })),
    problemOf: (error, file) => {
      const { message } = error as Error;
      const names = message.startsWith(`${file}:`) || /^[a-zA-Z].*: expected /s.test(message);
      return names ? undefined : `it names neither file nor key: ${message}`;
    },
  },
};

/** Every file that a user may write is read, or refused with its name, its line and no secret. */
export const filesTarget: Target = {
  name: "files",
  weight: 0.5,
  async run(parameters) {
    const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
    const file = join(folder, "settings.yaml");
    const property = fc.asyncProperty(
      configFile,
      fc.constantFrom(...Object.keys(READERS)),
      async (content, what) => {
        writeFileSync(file, content);
        const { read, problemOf } = READERS[what] as Reader;
        try {
          await read(file);
        } catch (error) {
          const problem = problemOf(error, file);
          if (problem !== undefined) throw new Error(`${what}: ${problem}`);
        }
      },
    );
    try {
      await fc.assert(property, parameters);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
