// Draws the pictures of the READMEs from the made-up history: npm run pictures
import { statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPreview } from "@intercom-telemetry/preview";
import type { Browser } from "playwright-core";
import { findBinary } from "../dashboards/find-binary.ts";
import { dashboardAddress, waitForPanels } from "../support/browser/dashboard-page.ts";
import { launchBrowser, openPage } from "../support/browser/launch-browser.ts";
import { makeHistory } from "../support/history/make-history.ts";
import type { Picture } from "./pictures.ts";
import { PICTURES } from "./pictures.ts";

const FOLDER = fileURLToPath(new URL("../../packages/dashboards/docs", import.meta.url));

/** Tooltips, loading bars and drawing take a moment after the data. */
const SETTLE_MILLISECONDS = 500;

async function draw(browser: Browser, previewUrl: string, picture: Picture): Promise<string> {
  const { name, uid, hours, theme, width, rows } = picture;
  const { page, log } = await openPage(browser, { viewport: { width, height: 800 } });
  await page.goto(dashboardAddress(previewUrl, uid, { hours, theme }));
  await waitForPanels(page);
  for (const row of rows) await page.getByRole("button", { name: row }).click();
  await waitForPanels(page);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(SETTLE_MILLISECONDS);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  await page.context().close();
  if (log.problems.length > 0) throw new Error(`${name}: ${log.problems.join("; ")}`);
  return path;
}

const chromium = findBinary("chromium", "chromium");
if (chromium === undefined || findBinary("prometheus") === undefined) {
  throw new Error("the pictures need these packages: apt-get install chromium prometheus");
}
await mkdir(FOLDER, { recursive: true });
const history = await makeHistory();
const preview = await startPreview({ prometheusUrl: history.prometheusUrl });
const browser = await launchBrowser(chromium);
try {
  for (const picture of PICTURES) {
    const path = await draw(browser, preview.url, picture);
    process.stdout.write(`${path}: ${Math.round(statSync(path).size / 1000)} kB\n`);
  }
} finally {
  await browser.close();
  await preview.close();
  await history.close();
}
