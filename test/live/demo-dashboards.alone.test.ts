// The whole five minutes, with pictures: DEMO_SECONDS=300 DEMO_PICTURES=<folder> before the command that runs this file.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { GrafanaDashboard } from "@intercom-telemetry/dashboards";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished, test, vi } from "vitest";
import { PANEL_IDS } from "../../packages/dashboards/src/names/panel-ids.ts";
import { findBinary } from "../dashboards/find-binary.ts";
import { type Demo, startDemo } from "../examples/demo-program.ts";
import { findFreePorts } from "../examples/program.ts";
import {
  chooseOption,
  hideMarks,
  openRows,
  readPanels,
  waitForPanels,
} from "../support/browser/dashboard-page.ts";
import { launchBrowser, openPage, type PageLog } from "../support/browser/launch-browser.ts";
import { findPanelFaults } from "../support/browser/panel-faults.ts";
import { LAPTOP, PHONE } from "../support/browser/viewports.ts";

const chromium = findBinary("chromium", "chromium");
const programs = ["prometheus", "promtool"].map((name) => findBinary(name));
const alertmanager = findBinary("prometheus-alertmanager", "prometheus-alertmanager");
const missing = [chromium, alertmanager, ...programs].includes(undefined);
const skipped = missing
  ? " (skipped: chromium, prometheus and prometheus-alertmanager are not all on the PATH)"
  : "";

/** How long the story is told before anybody looks; without it, once and quickly. */
const longSeconds = Number(process.env.DEMO_SECONDS ?? 0);
const QUICK_CHAPTER_SECONDS = 6;
const pictures = process.env.DEMO_PICTURES;

/** Recording rules that look back over days are evaluated once a minute. */
const TIMEOUT = { timeout: 75_000, interval: 1000 };
const SHORT_TIMEOUT = { timeout: 10_000, interval: 250 };
const LONGEST_SECONDS = longSeconds + 270;

/** What is empty because all is well; and, in the first minutes, what has not been seen often enough. */
const EMPTY = ["Processes whose requests never end", "Refused log-ins at /metrics"];
const EMPTY_AT_FIRST = [...EMPTY, "Windows used to more than 80%"];

/** Alerts and budgets take a minute: what is there at once is looked at first. */
const LAST = ["intercom-client-overview", "intercom-client-slo"];
const dashboards = [...buildDashboards()].sort((a, b) => LAST.indexOf(a.uid) - LAST.indexOf(b.uid));

/** Starts the demo and waits until there is something to see. */
async function tellStory(): Promise<{ demo: Demo; address: URL }> {
  const chapter = longSeconds > 0 ? [] : ["--chapter", String(QUICK_CHAPTER_SECONDS)];
  const demo = startDemo(["--port", String(await findFreePorts()), ...chapter]);
  await demo.printed(/chapter 5 of 5[\s\S]*chapter 1 of 5/);
  await sleep(Math.max(0, longSeconds - 5 * 36) * 1000);
  const lines = demo
    .output()
    .split("\n")
    .filter((line) => line.includes("http://"));
  expect(lines[0], demo.output()).toMatch(/^Dashboards: /);
  return { demo, address: new URL(lines[0]?.split(" ")[1] ?? "") };
}

function addressOf(first: URL, { uid }: GrafanaDashboard): string {
  const address = new URL(first);
  address.pathname = `/d/${uid}`;
  return address.href;
}

async function takePicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Opens a dashboard, looks until no panel has a fault, and gives the titles of those that are empty. */
async function lookAt(browser: Browser, first: URL, dashboard: GrafanaDashboard): Promise<readonly string[]> {
  const { page, log } = await openPage(browser, { viewport: LAPTOP });
  await page.goto(addressOf(first, dashboard));
  await waitForPanels(page);
  await openRows(page);
  await takePicture(page, `${dashboard.uid}-${LAPTOP.width}`);
  await hideMarks(page);
  await vi.waitFor(
    async () => expect(findPanelFaults(dashboard, await readPanels(page))).toEqual([]),
    TIMEOUT,
  );
  const empty = async () =>
    (await readPanels(page)).filter(({ notice }) => notice !== "").map(({ title }) => title);
  const allowed = longSeconds > 0 ? EMPTY : EMPTY_AT_FIRST;
  await vi.waitFor(async () => {
    const unexpected = (await empty()).filter((title) => !allowed.includes(title));
    expect(unexpected).toEqual([]);
  }, TIMEOUT);
  const shown = await empty();
  expectQuiet(log, first);
  await page.setViewportSize(PHONE);
  await waitForPanels(page);
  await takePicture(page, `${dashboard.uid}-${PHONE.width}`);
  await page.context().close();
  return shown;
}

function expectQuiet({ problems, hosts }: PageLog, first: URL): void {
  expect(problems).toEqual([]);
  expect([...hosts]).toEqual([first.host]);
}

async function expectPanel(page: Page, id: number, says: RegExp): Promise<void> {
  await vi.waitFor(async () => {
    await waitForPanels(page);
    const shown = (await readPanels(page)).find((panel) => panel.id === id);
    expect(shown?.summary.join() ?? "no such panel").toMatch(says);
  }, SHORT_TIMEOUT);
}

/** Chooses a client and a range of time and follows a link, as somebody who looks for a cause would. */
async function useControls(browser: Browser, first: URL): Promise<void> {
  const { page, log } = await openPage(browser, { viewport: LAPTOP });
  await page.goto(first.href);
  await expectPanel(
    page,
    PANEL_IDS.overview.quotaLeft,
    /^crm-sync: [\d.]+%,help-desk: [\d.]+%,support-bot: [\d.]+%$/,
  );
  await chooseOption(page, "[data-variable=client]", "support-bot");
  await expectPanel(page, PANEL_IDS.overview.quotaLeft, /^support-bot: [\d.]+%$/);
  await chooseOption(page, "[data-control=range]", "Last 15 minutes");
  await expectPanel(page, PANEL_IDS.overview.quotaLeft, /^support-bot: [\d.]+%$/);
  await page.getByRole("link", { name: "Rate limit" }).click();
  await page.getByRole("heading", { name: "Intercom client / Rate limit" }).waitFor();
  await expectPanel(page, PANEL_IDS.rateLimit.demand, /^support-bot: [\d.]+%$/);
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("from"), searchParams.getAll("var-client")]).toEqual(["now-15m", ["support-bot"]]);
  expectQuiet(log, first);
  await page.context().close();
}

test.skipIf(missing)(
  `the running demo fills every panel of every dashboard, its controls work, and it leaves nothing behind${skipped}`,
  async () => {
    const [{ demo, address }, browser] = await Promise.all([tellStory(), launchBrowser(chromium ?? "")]);
    onTestFinished(() => browser.close());
    for (const dashboard of dashboards) {
      const empty = await lookAt(browser, address, dashboard);
      expect(empty.includes("Processes whose requests never end")).toBe(dashboard.title.endsWith("Overview"));
    }
    await useControls(browser, address);
    demo.signalAll("SIGINT");
    expect(await demo.exited, demo.output()).toBe(0);
    expect(demo.output()).toMatch(/\d+ requests in .* 0 mismatches/);
    await demo.expectNothingLeft();
  },
  LONGEST_SECONDS * 1000,
);
