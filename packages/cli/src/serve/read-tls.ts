import { stat } from "node:fs/promises";
import type { MetricsTls } from "@intercom-telemetry/exporter";
import { isTls } from "@intercom-telemetry/exporter/settings";
import { readRegularFile } from "@intercom-telemetry/guards/files";
import type { TlsFiles } from "./config-metrics.ts";

const OTHERS_MAY_READ = 0o004;

/** @returns the certificate and its key; `undefined` when the files do not hold them. */
export async function readTls({ certFile, keyFile }: TlsFiles): Promise<MetricsTls | undefined> {
  const readPem = (path: string) => readRegularFile(path).catch(() => "");
  const [cert, key] = await Promise.all([readPem(certFile), readPem(keyFile)]);
  return isTls({ cert, key }) ? { cert, key } : undefined;
}

/** Says when every user of this machine may read the private key. */
export async function findKeyWarning({ keyFile }: TlsFiles): Promise<string | undefined> {
  const mode = await stat(keyFile).then(
    (file) => file.mode & 0o777,
    () => 0,
  );
  if ((mode & OTHERS_MAY_READ) === 0) return undefined;
  return `serve.metrics.tls.keyFile: every user may read the private key (mode ${mode.toString(8)}), expected 600`;
}
