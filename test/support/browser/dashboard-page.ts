import type { Locator, Page } from "playwright-core";
import { END_SECONDS } from "../history/clock.ts";
import { countPixels } from "./canvas.ts";

/** What a panel shows. */
export interface ShownPanel {
  readonly id: number;
  /** Grafana's name for its kind. */
  readonly kind: string;
  readonly title: string;
  /** The text in sight below the title. */
  readonly text: string;
  /** The picture in words, for those who cannot see it. */
  readonly summary: readonly string[];
  /** What it says instead of a picture; empty with a picture. */
  readonly notice: string;
  /** Pixels of its canvases that have a color; 0 where the picture is made of text. */
  readonly pixels: number;
}

/** A moment of the history in an address. */
const END_MILLISECONDS = END_SECONDS * 1000;

/** Address of a dashboard over the last hours of the history. */
export function dashboardAddress(
  previewUrl: string,
  uid: string,
  { hours, ...parameters }: { readonly hours: number } & Readonly<Record<string, string | number>>,
): string {
  const address = new URL(`d/${uid}`, previewUrl);
  address.searchParams.set("from", `${END_MILLISECONDS - hours * 3_600_000}`);
  address.searchParams.set("to", `${END_MILLISECONDS}`);
  address.searchParams.set("refresh", "");
  for (const [key, value] of Object.entries(parameters)) address.searchParams.set(key, `${value}`);
  return address.href;
}

/** What is read of an element in the page; the tests are checked without the browser's types. */
interface ElementLike {
  readonly dataset: Readonly<Record<string, string>>;
  readonly textContent: string;
  querySelector(selector: string): ElementLike | null;
  querySelectorAll(selector: string): Iterable<ElementLike>;
}

/** Waits until every panel in the page has its data. */
export async function waitForPanels(page: Page): Promise<void> {
  await page.locator("[data-panel]").first().waitFor();
  await page.locator("[data-state=loading]").first().waitFor({ state: "detached" });
}

/** Opens the rows that are collapsed, by keyboard as a person without a mouse would. */
export async function openRows(page: Page): Promise<void> {
  const closed = page.locator(".row button[aria-expanded=false]");
  for (let left = await closed.count(); left > 0; left -= 1) await closed.first().press("Enter");
  await waitForPanels(page);
}

/** Switches the marks off: they have colors, too. */
export async function hideMarks(page: Page): Promise<void> {
  const shown = page.locator(".switches input:checked");
  for (let left = await shown.count(); left > 0; left -= 1) await shown.first().press("Space");
}

/** Selects a value of a template variable, as a person with a mouse would. */
export async function chooseOption(page: Page, control: string, option: string): Promise<void> {
  const field = page.locator(control).getByRole("combobox");
  await field.click();
  await page.getByRole("option", { name: option, exact: true }).click();
  await page.keyboard.press("Escape");
}

/** Titles of panels that are cut off because they do not fit. */
export function findCutTitles(page: Page): Promise<readonly string[]> {
  return page.locator("[data-panel] h2").evaluateAll((titles) => {
    const isCut = ({ scrollWidth, clientWidth }: (typeof elements)[number]): boolean =>
      scrollWidth > clientWidth + 1;
    const elements = titles as unknown as readonly {
      readonly textContent: string;
      readonly scrollWidth: number;
      readonly clientWidth: number;
    }[];
    return elements.filter(isCut).map(({ textContent }) => textContent);
  });
}

/** What reaches beyond the right edge of the window, among panels and controls. */
export async function findTooWide(page: Page): Promise<readonly string[]> {
  const parts = await page.locator("[data-panel], .control, .switches label, .header nav a").all();
  const widthPixels = page.viewportSize()?.width ?? 0;
  const found = await Promise.all(
    parts.map(async (part) => {
      const box = await part.boundingBox();
      const reaches = box === null ? 0 : box.x + box.width;
      return reaches > widthPixels ? [`${(await part.textContent())?.slice(0, 40)}: ${reaches}`] : [];
    }),
  );
  return found.flat();
}

async function readPanel(panel: Locator): Promise<ShownPanel> {
  const read = await panel.evaluate((node) => {
    const element = node as unknown as ElementLike;
    return {
      id: Number(element.dataset.panel),
      kind: element.dataset.kind ?? "",
      title: element.querySelector("h2")?.textContent ?? "",
      text: element.querySelector("[data-picture]")?.textContent ?? "",
      summary: [...element.querySelectorAll("[data-summary] li")].map(({ textContent }) => textContent),
      notice: element.querySelector(".notice")?.textContent ?? "",
    };
  });
  return { ...read, pixels: await countPixels(panel) };
}

/** Reads what the panels show. */
export async function readPanels(page: Page): Promise<readonly ShownPanel[]> {
  const panels = await page.locator("[data-panel]").all();
  return Promise.all(panels.map(readPanel));
}
