// The preview of what happens now: single requests with their traces, and what a page says when nothing responds.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { instrumentIntercom } from "@intercom-telemetry/axios";
import type { DashboardsConfig } from "@intercom-telemetry/dashboards";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import type { Preview } from "@intercom-telemetry/preview";
import { startPreview } from "@intercom-telemetry/preview";
import axios from "axios";
import type { Page } from "playwright-core";
import { Registry } from "prom-client";
import { expect, onTestFinished, test, vi } from "vitest";
import { findBinary } from "../dashboards/find-binary.ts";
import { findColor } from "../support/browser/canvas.ts";
import { readPanels, waitForPanels } from "../support/browser/dashboard-page.ts";
import { launchBrowser, openPage, type PageLog } from "../support/browser/launch-browser.ts";
import { LAPTOP } from "../support/browser/viewports.ts";
import { scrapeEachSecond, startTestPrometheus } from "../support/prometheus.ts";
import { settle } from "../support/stub-adapter.ts";
import { startTracing } from "../support/tracing.ts";

const chromium = findBinary("chromium", "chromium");
const missing = chromium === undefined || findBinary("prometheus") === undefined;
const skipped = missing ? " (skipped: chromium and prometheus are not both on the PATH)" : "";
const TIMEOUT = { timeout: 20_000, interval: 500 };
const OVERVIEW = "intercom-client-overview";
const QUANTILES = 301;
const SCRAPE_SECONDS = 1;
/** Prometheus keeps exemplars only when it is told to. */
const WITH_EXEMPLARS = ["--enable-feature=exemplar-storage"];

/** A traced service whose calls take up to half a second, with its metrics on a separate port. */
async function startShop(): Promise<string> {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const intercom = axios.create({
    baseURL: "https://api.intercom.io",
    adapter: async (config) => {
      await sleep(Number(config.params.milliseconds));
      return settle(config, {});
    },
  });
  instrumentIntercom(intercom, { client: "shop", registry });
  let count = 0;
  const calls = setInterval(() => {
    count += 1;
    void intercom.get("/contacts/1", { params: { milliseconds: 20 + (count % 10) * 50 } });
  }, 100);
  const server = createServer(async (_, response) => {
    response.setHeader("content-type", registry.contentType);
    response.end(await registry.metrics());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    clearInterval(calls);
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startPage(
  prometheusUrl: string,
  dashboards: ReturnType<typeof buildDashboards>,
): Promise<{ readonly preview: Preview; readonly page: Page; readonly log: PageLog }> {
  const [preview, browser] = await Promise.all([
    startPreview({ prometheusUrl, dashboards }),
    launchBrowser(chromium ?? ""),
  ]);
  onTestFinished(async () => {
    await browser.close();
    await preview.close();
  });
  return { preview, ...(await openPage(browser, { viewport: LAPTOP })) };
}

const refresh = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Refresh now" }).click();
  await waitForPanels(page);
};

test.skipIf(missing)(
  `single requests are dots over the latency lines, and pointing at one names its trace${skipped}`,
  async () => {
    const tracing = startTracing();
    const prometheus = await startTestPrometheus(
      scrapeEachSecond("shop", [await startShop()]),
      WITH_EXEMPLARS,
    );
    const dashboards = buildDashboards({
      scrapeIntervalSeconds: SCRAPE_SECONDS,
    } satisfies DashboardsConfig);
    const { preview, page, log } = await startPage(prometheus.url, dashboards);
    await page.goto(`${preview.url}d/${OVERVIEW}?from=now-1m&to=now&refresh=&viewPanel=${QUANTILES}`);
    const exemplarLines = async () =>
      (await readPanels(page))[0]?.summary.filter((line) => /^One request/.test(line));
    // Lines need some scrapes, and without lines there is no axis to put the dots on.
    await vi.waitFor(async () => {
      const series = await prometheus.query(`count_over_time(up[1m]) > ${6 / SCRAPE_SECONDS}`);
      expect(series).toHaveLength(1);
      await refresh(page);
      expect((await exemplarLines())?.length).toBeGreaterThan(2);
    }, TIMEOUT);
    const known = new Set(tracing.spans().map((span) => span.spanContext().traceId));
    for (const line of (await exemplarLines()) ?? []) {
      const [, traceId = ""] = /^One request: \d+ ms, .*trace_id ([0-9a-f]{32})/.exec(line) ?? [];
      expect(known, line).toContain(traceId);
    }
    const dot = await findColor(page.locator(`[data-panel='${QUANTILES}'] canvas`).first(), [255, 0, 255]);
    const plot = await page.locator(`[data-panel='${QUANTILES}'] .u-over`).boundingBox();
    // The slowest took less than what the axis reaches: its dot lies below the edge.
    expect(dot.y - (plot?.y ?? Number.NaN)).toBeGreaterThan(10);
    await page.mouse.move(dot.x, dot.y);
    const tooltip = page.locator("[aria-live=polite]", { hasText: "One request" });
    const text = (await tooltip.textContent()) ?? "";
    expect(known).toContain(/trace_id([0-9a-f]{32})/.exec(text)?.[1]);
    expect(log.problems).toEqual([]);
  },
);

test.skipIf(missing)(
  `descriptions are Markdown that cannot run, and panels say that they load, have nothing, or got no response${skipped}`,
  async () => {
    const prometheus = await startTestPrometheus(scrapeEachSecond("shop", []));
    const [overview, ...others] = buildDashboards();
    if (overview === undefined) throw new Error("no dashboard");
    const description = "Run `serve`, **soon** <img src=x onerror=alert(1)><script>alert(2)</script>";
    const [first, ...panels] = overview.panels;
    const hostile = { ...overview, description, panels: [{ ...first, description }, ...panels] };
    const dashboards = [hostile, ...others] as ReturnType<typeof buildDashboards>;
    const { preview, page, log } = await startPage(prometheus.url, dashboards);
    const notices = async () => new Set((await readPanels(page)).map(({ notice }) => notice));

    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/prometheus/**", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(preview.url);
    await page.locator(".notice").first().waitFor();
    expect(await notices()).toEqual(new Set(["Loading …"]));
    release();
    await waitForPanels(page);
    const empty = [
      "No calls",
      "No calls seen",
      "No requests",
      "Few requests",
      "Not known",
      "None",
      "No failed requests",
    ];
    expect(await notices()).toEqual(new Set(empty));

    await page
      .locator(`[data-panel='${first?.id}'] [data-testid=title-items-container] [tabindex='0']`)
      .focus();
    for (const place of [".header-description", "[role=tooltip], .panel-info-content"]) {
      await page.locator(place).locator("code", { hasText: "serve" }).waitFor();
      await page.locator(place).locator("strong", { hasText: "soon" }).waitFor();
      expect(await page.locator(place).locator("script, [onerror]").count()).toBe(0);
    }
    expect(log.problems.filter((problem) => !problem.includes("404"))).toEqual([]);

    await prometheus.stop();
    await refresh(page);
    const [gone, ...more] = await notices();
    expect(gone).toMatch(/^Prometheus at http:\/\/127\.0\.0\.1:\d+ did not respond: /);
    expect(more).toEqual([]);
    await preview.close();
    await refresh(page);
    expect(await notices()).toEqual(
      new Set(["The preview does not respond. Start it again, then reload this page."]),
    );
  },
);
