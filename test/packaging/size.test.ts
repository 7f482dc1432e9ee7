import { execFileSync } from "node:child_process";
import { METRICS } from "@intercom-telemetry/core/contract";
import { ALL_ERRORS } from "@intercom-telemetry/core/facts";
import { beforeAll, describe, expect, it } from "vitest";
import { bundledSize, bundleService } from "../bench/bundled-size.ts";
import { installedSize } from "../bench/installed-size.ts";
import { root } from "../support/worker-bundle.ts";

const KIB = 1024;

describe("the built packages", () => {
  beforeAll(() => {
    execFileSync(process.execPath, ["packages/toolchain/src/build.mjs"], { cwd: root, stdio: "ignore" });
  });

  it("add at most 92 KiB to a service, 23 compressed, and 480 to its installation", async () => {
    const { bytes, compressedBytes } = await bundledSize();
    expect(bytes).toBeLessThanOrEqual(92 * KIB);
    expect(compressedBytes).toBeLessThanOrEqual(23 * KIB);
    expect(installedSize("@intercom-telemetry/axios").bytes).toBeLessThanOrEqual(480 * KIB);
  });

  it("leave the advice and the metrics of probe and exporter out of a service that explains nothing", async () => {
    const bundle = Buffer.from(await bundleService()).toString();
    expect(bundle).toContain(METRICS.requests.name);
    const unused = [
      ...ALL_ERRORS.map(({ action }) => action),
      ...Object.values(METRICS).flatMap(({ name, writer }) => (writer === "client" ? [] : [name])),
    ];
    expect(unused.filter((each) => each !== "" && bundle.includes(each))).toEqual([]);
  });
});
