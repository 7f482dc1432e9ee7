import { expect, it } from "vitest";
import { startIntercom } from "../support/measured-api.ts";
import { findNode, runWorker } from "./programs/run-worker.ts";

const DOWNLOAD_BYTES = 200_000_000;
const MOST_MORE_MEGABYTES = 64;

it.each(["20.18.0", "22.18.0", "24.5.0"])(
  "on Node %s, whose undici cancels a body when its clone is collected, failed responses can be read late",
  async (version) => {
    const conflict = { kind: "error_list", status: 409, code: "conflict" } as const;
    const { url } = await startIntercom({ script: { rules: [{ action: conflict }] } });
    const printed = await runWorker("clone-worker.ts", [url], {
      node: await findNode(version),
      flags: ["--expose-gc"],
    });
    expect(printed).toMatch(/^[67]\.[\d.]+ 0$/);
  },
);

it.each([200, 404])("a download of 200 MB with status %i streams through", async (status) => {
  const response = { kind: "respond", status, body: {} } as const;
  const action = { kind: "large_body", bytes: DOWNLOAD_BYTES, response } as const;
  const { url } = await startIntercom({ script: { rules: [{ action }] } });
  const download = async (kind: string) =>
    JSON.parse(await runWorker("download-worker.ts", [url, kind])) as Record<string, number>;
  const bare = await download("bare");
  const recorded = await download("recorded");
  expect(recorded).toMatchObject({ status, bytes: DOWNLOAD_BYTES });
  expect((recorded.megabytes ?? 0) - (bare.megabytes ?? 0)).toBeLessThan(MOST_MORE_MEGABYTES);
});
