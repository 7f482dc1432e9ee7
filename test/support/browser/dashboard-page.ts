import type { Locator, Page } from "playwright-core";
import { END_SECONDS } from "../history/clock.ts";

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
  /** What it says in place of a picture; empty with a picture. */
  readonly notice: string;
  /** Pixels of its canvases that have a colour; 0 where the picture is made of text. */
  readonly pixels: number;
}

/** A moment of the history in an address. */
const END_MILLISECONDS = END_SECONDS * 1000;

/** Address of a dashboard over the last hours of the history. */
export function dashboardAddress(
  previewUrl: string,
  uid: string,
  { hours, ...words }: { readonly hours: number } & Readonly<Record<string, string | number>>,
): string {
  const address = new URL(`d/${uid}`, previewUrl);
  address.searchParams.set("from", `${END_MILLISECONDS - hours * 3_600_000}`);
  address.searchParams.set("to", `${END_MILLISECONDS}`);
  address.searchParams.set("refresh", "");
  for (const [key, value] of Object.entries(words)) address.searchParams.set(key, `${value}`);
  return address.href;
}

/** What is read of an element in the page; the tests are checked without the browser's types. */
interface ElementLike {
  readonly dataset: Readonly<Record<string, string>>;
  readonly textContent: string;
  querySelector(selector: string): ElementLike | null;
  querySelectorAll(selector: string): Iterable<ElementLike>;
}

interface CanvasLike {
  width: number;
  height: number;
  readonly ownerDocument: { createElement(name: "canvas"): CanvasLike };
  getContext(
    kind: "2d",
    settings: { readonly willReadFrequently: boolean },
  ): {
    drawImage(image: CanvasLike, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
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

/** Switches the marks off: they have colours, too. */
export async function hideMarks(page: Page): Promise<void> {
  const shown = page.locator(".switches input:checked");
  for (let left = await shown.count(); left > 0; left -= 1) await shown.first().press("Space");
}

/** Chooses an option of a drop-down, as a person with a mouse would. */
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

/** Counts the pixels of a panel's canvases that have a colour. */
async function countPixels(panel: Locator): Promise<number> {
  const counts = await panel.locator("canvas").evaluateAll((canvases) => {
    // Axes, grid and names are nearly grey; what shows data is not.
    const GREY_SPREAD = 40;
    return (canvases as unknown as readonly CanvasLike[]).map((canvas) => {
      // A copy: reading the picture itself would make the browser complain about it.
      const copy = canvas.ownerDocument.createElement("canvas");
      copy.width = canvas.width;
      copy.height = canvas.height;
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
        const isGrey = Math.max(red, green, blue) - Math.min(red, green, blue) < GREY_SPREAD;
        if (alpha !== 0 && !isGrey) count += 1;
      }
      return count;
    });
  });
  return counts.reduce((sum, count) => sum + count, 0);
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

/**
 * Finds a place in a canvas that has a colour.
 *
 * @param color red, green and blue, from 0 to 255.
 * @returns pixels from the upper left corner of the page.
 * @throws Error when no pixel has the colour, or nearly.
 */
export async function findColor(
  canvas: Locator,
  color: readonly [number, number, number],
): Promise<{ readonly x: number; readonly y: number }> {
  const share = await canvas.evaluate((node, wanted) => {
    const NEAR = 24;
    const picture = node as unknown as CanvasLike;
    const copy = picture.ownerDocument.createElement("canvas");
    copy.width = picture.width;
    copy.height = picture.height;
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    for (let at = 0; at < data.length; at += 4) {
      const isNear = wanted.every((part, index) => Math.abs((data[at + index] ?? 0) - part) < NEAR);
      if (!isNear || (data[at + 3] ?? 0) < 128) continue;
      const pixel = at / 4;
      return {
        x: (pixel % picture.width) / picture.width,
        y: Math.floor(pixel / picture.width) / picture.height,
      };
    }
    return undefined;
  }, color);
  const box = await canvas.boundingBox();
  if (share === undefined || box === null) throw new Error(`no pixel has the colour ${color.join(", ")}`);
  return { x: box.x + share.x * box.width, y: box.y + share.y * box.height };
}
