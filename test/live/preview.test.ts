import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildDashboards } from "@intercom-telemetry/dashboards";
import type { Preview } from "@intercom-telemetry/preview";
import { bundlePage, startPreview } from "@intercom-telemetry/preview";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findBinary } from "../dashboards/find-binary.ts";
import {
  chooseOption,
  dashboardAddress,
  findCutTitles,
  findTooWide,
  hideMarks,
  openRows,
  readPanels,
  waitForPanels,
} from "../support/browser/dashboard-page.ts";
import type { PageLog } from "../support/browser/launch-browser.ts";
import { launchBrowser, openPage } from "../support/browser/launch-browser.ts";
import { findPanelFaults } from "../support/browser/panel-faults.ts";
import { LAPTOP, PHONE } from "../support/browser/viewports.ts";
import type { History } from "../support/history/make-history.ts";
import { makeHistory } from "../support/history/make-history.ts";

const chromium = findBinary("chromium", "chromium");
const prometheus = findBinary("prometheus");
const missing = chromium === undefined || prometheus === undefined;

const dashboards = buildDashboards();

describe.skipIf(missing)(
  missing ? "preview (skipped: chromium and prometheus are not both on the PATH)" : "preview in Chromium",
  () => {
    let history: History | undefined;
    let preview: Preview | undefined;
    let browser: Browser | undefined;

    beforeAll(async () => {
      [history, browser] = await Promise.all([makeHistory(), launchBrowser(chromium ?? "")]);
      preview = await startPreview({ prometheusUrl: history.prometheusUrl });
    });

    afterAll(async () => {
      await browser?.close();
      await preview?.close();
      await history?.close();
    });

    const address = (uid: string, parameters: Parameters<typeof dashboardAddress>[2]): string =>
      dashboardAddress(preview?.url ?? "", uid, parameters);

    async function open(
      uid: string,
      parameters: Parameters<typeof dashboardAddress>[2],
      viewport = LAPTOP,
    ): Promise<{ readonly page: Page; readonly log: PageLog }> {
      if (browser === undefined) throw new Error("no browser");
      const opened = await openPage(browser, { viewport });
      await opened.page.goto(address(uid, parameters));
      await waitForPanels(opened.page);
      return opened;
    }

    function expectQuiet({ problems, hosts }: PageLog): void {
      expect(problems).toEqual([]);
      expect([...hosts]).toEqual([new URL(preview?.url ?? "").host]);
    }

    test.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
      "%s: every panel has its whole title, a picture and a number, on a phone too, and nothing leaves the machine",
      async (_, dashboard) => {
        const { page, log } = await open(dashboard.uid, {
          hours: dashboard.time.from === "now-7d" ? 168 : 6,
        });
        await openRows(page);
        await hideMarks(page);
        const faults = async () => findPanelFaults(dashboard, await readPanels(page));
        await vi.waitFor(async () => expect(await faults()).toEqual([]), { timeout: 10_000, interval: 500 });
        const shown = await readPanels(page);
        const empty = shown.filter(({ notice }) => notice !== "").map(({ title }) => title);
        // The story has no request that hangs, and no service that asks for a log-in.
        expect(empty).toEqual(
          dashboard.title.includes("Overview")
            ? ["Processes whose requests never end", "Refused log-ins at /metrics"]
            : [],
        );
        expect(await findCutTitles(page)).toEqual([]);
        await page.setViewportSize(PHONE);
        await waitForPanels(page);
        expect([await findCutTitles(page), await findTooWide(page)]).toEqual([[], []]);
        expectQuiet(log);
        await page.context().close();
      },
    );

    test("another client, another time range and a link change what is shown, and the address says so", async () => {
      const { page, log } = await open("intercom-client-overview", { hours: 6 });
      const panel = async (id: number): Promise<string> => {
        await waitForPanels(page);
        const shown = await readPanels(page);
        return shown.find((one) => one.id === id)?.summary.join() ?? "";
      };
      expect(await panel(1)).toMatch(/^support: [\d.]+%,sync: [\d.]+%$/);

      const clients = page.locator("[data-variable=client]").getByRole("combobox");
      await clients.press("ArrowDown");
      await page.getByRole("option", { name: "sync", exact: true }).waitFor();
      for (const key of ["ArrowDown", "ArrowDown", "Enter", "Escape"]) await page.keyboard.press(key);
      expect(await page.getByRole("option").count()).toBe(0);
      await vi.waitFor(async () => expect(await panel(1)).toMatch(/^sync: [\d.]+%$/), 5000);
      expect(new URL(page.url()).searchParams.getAll("var-client")).toEqual(["sync"]);

      await page.getByRole("link", { name: "Rate limit" }).click();
      await page.getByRole("heading", { name: "Intercom client / Rate limit" }).waitFor();
      await vi.waitFor(async () => expect(await panel(1)).toMatch(/^sync: [\d.]+%$/), 5000);
      expect(new URL(page.url()).searchParams.getAll("var-client")).toEqual(["sync"]);
      expect(new URL(page.url()).searchParams.get("to")).not.toBeNull();

      await chooseOption(page, "[data-control=range]", "Last hour");
      expect(new URL(page.url()).searchParams.get("from")).toBe("now-1h");
      // The history is long over: each panel says what it says without values.
      await vi.waitFor(async () => {
        await waitForPanels(page);
        const [first] = await readPanels(page);
        expect(first?.notice).toBe("Quota not known");
      }, 5000);
      await page.goBack();
      await vi.waitFor(async () => expect(await panel(1)).toMatch(/^sync: [\d.]+%$/), 5000);
      expectQuiet(log);
      await page.context().close();
    });

    test("marks of firing alerts are listed, and can be switched off", async () => {
      const { page } = await open("intercom-client-overview", { hours: 6 });
      const list = page.locator(".marks");
      await list.locator("summary").press("Enter");
      expect(await list.textContent()).toContain("IntercomClientUnauthorized");
      await page.getByRole("checkbox", { name: "Firing: critical" }).press("Space");
      await vi.waitFor(async () =>
        expect(await list.textContent()).not.toContain("IntercomClientUnauthorized"),
      );
      await page.context().close();
    });

    test("pointing at a picture names what is there, and dragging over it shows that time", async () => {
      const { page, log } = await open("intercom-client-overview", { hours: 6, viewPanel: 302 });
      const [only, ...others] = await readPanels(page);
      expect([only?.title, others]).toEqual(["Duration, all requests", []]);
      const box = await page.locator("[data-panel='302'] .u-over").boundingBox();
      if (box === null) throw new Error("the picture has no place");
      // The fourth and the fifth of fourteen buckets, from the bottom.
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * (1 - 3.5 / 14));
      await page.getByText(/^100 ms to 250 ms: \d+$/).waitFor();
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * (1 - 4.5 / 14));
      await page.getByText(/^250 ms to 500 ms: \d+$/).waitFor();
      await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 5 });
      await page.mouse.up();
      const shownHours = (): number => {
        const { searchParams } = new URL(page.url());
        return (Number(searchParams.get("to")) - Number(searchParams.get("from"))) / 3_600_000;
      };
      await vi.waitFor(() => expect(shownHours()).toBeCloseTo(1.2, 1), 5000);
      await page.getByRole("button", { name: "Zoom out" }).click();
      expect(shownHours()).toBeCloseTo(2.4, 1);
      await page.getByRole("button", { name: "Show the whole dashboard" }).click();
      await vi.waitFor(async () => expect((await readPanels(page)).length).toBeGreaterThan(5), 5000);
      expectQuiet(log);
      await page.context().close();
    });

    test("a panel's description and the way into Grafana open by keyboard", async () => {
      const { page } = await open("intercom-client-overview", { hours: 6 });
      await page.getByRole("button", { name: "Preview: how to get this into Grafana" }).press("Enter");
      await page.getByText("It is a preview, not Grafana").waitFor();
      await page.keyboard.press("Escape");
      await page.locator("[data-panel='1'] [data-testid=title-items-container] [tabindex='0']").focus();
      await page.getByText("Share of calls over 5 minutes").waitFor();
      await page.context().close();
    });

    test("light or dark is as the system prefers, until somebody chooses", async () => {
      const { page } = await open("intercom-client-slo", { hours: 6 });
      const scheme = (): Promise<string> =>
        page.evaluate("getComputedStyle(document.documentElement).colorScheme");
      for (const colorScheme of ["dark", "light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await vi.waitFor(async () => expect(await scheme()).toBe(colorScheme), 5000);
      }
      await page.getByRole("button", { name: "Use the light theme" }).press("Enter");
      await vi.waitFor(async () => expect(await scheme()).toBe("light"), 5000);
      expect(new URL(page.url()).searchParams.get("theme")).toBe("light");
      await page.context().close();
    });

    test("an interval of refresh asks again, and can be chosen", async () => {
      const { page } = await open("intercom-client-platform", { hours: 6, refresh: "1s" });
      await page.waitForRequest(/query_range/, { timeout: 5000 });
      await chooseOption(page, "[data-control=refresh]", "Every 10s");
      expect(new URL(page.url()).searchParams.get("refresh")).toBe("10s");
      await page.context().close();
    });

    test("on a phone the table lists its rows one below the other, with the advice for each", async () => {
      const { page } = await open("intercom-client-overview", { hours: 6, viewPanel: 204 }, PHONE);
      const list = page.getByRole("list", { name: "What to do, by operation and error code" });
      const [first] = await list.getByRole("listitem").allTextContents();
      expect(first).toMatch(
        /^OperationGET \/contacts\/\{id\}Error codeservice_unavailableA minute\d+What to doBack off/,
      );
      await page.context().close();
    });

    test("the bundle is under 3 MB, under 1 MB compressed, and paints first in under 2 s", async () => {
      const { folder } = await bundlePage();
      const files = ["index.html", "main.js", "main.css", "inter-latin-wght-normal.woff2"];
      const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
      const bytes = contents.reduce((sum, { length }) => sum + length, 0);
      const compressedBytes = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
      expect(bytes).toBeLessThan(3_000_000);
      expect(compressedBytes).toBeLessThan(1_000_000);
      const { page } = await open("intercom-client-overview", { hours: 6 });
      const paintMilliseconds = await page.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      );
      expect(paintMilliseconds).toBeLessThan(2000);
      await page.context().close();
    });
  },
);
