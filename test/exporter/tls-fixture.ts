import { readFileSync } from "node:fs";

const read = (name: string): string =>
  readFileSync(new URL(`./fixtures/localhost.${name}.pem`, import.meta.url), "utf8");

/** A self-signed certificate for localhost and 127.0.0.1, good for tests only: its key is public. */
export const LOCALHOST_TLS: { readonly cert: string; readonly key: string } = {
  cert: read("cert"),
  key: read("key"),
};
