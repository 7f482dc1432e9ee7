import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";

/** Chromium over a fresh profile that asks nobody for anything. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** What went wrong in a page, and where it sent requests. */
export interface PageLog {
  readonly problems: string[];
  readonly hosts: Set<string>;
}

/** Opens a page whose console, failures and requests are written down. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<{ readonly page: Page; readonly log: PageLog }> {
  const context = await browser.newContext({ timezoneId: "UTC", locale: "en-GB", ...options });
  const page = await context.newPage();
  const log: PageLog = { problems: [], hosts: new Set() };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) log.problems.push(message.text());
  });
  page.on("pageerror", ({ message }) => log.problems.push(message));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "data:") log.hosts.add(host);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) log.problems.push(`${response.status()} ${response.url()}`);
  });
  return { page, log };
}
