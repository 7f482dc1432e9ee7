import type { Locator } from "playwright-core";

/** What is read of a canvas in the page; the tests are checked without the browser's types. */
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

/** Counts the pixels of a panel's canvases that have a color. */
export async function countPixels(panel: Locator): Promise<number> {
  const counts = await panel.locator("canvas").evaluateAll((canvases) => {
    // Axes, grid and names are nearly gray; what shows data is not.
    const GRAY_SPREAD = 40;
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
        const isGray = Math.max(red, green, blue) - Math.min(red, green, blue) < GRAY_SPREAD;
        if (alpha !== 0 && !isGray) count += 1;
      }
      return count;
    });
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Finds a place in a canvas that has a color.
 *
 * @param color red, green and blue, from 0 to 255.
 * @returns pixels from the upper left corner of the page.
 * @throws Error when no pixel has the color, or nearly.
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
  if (share === undefined || box === null) throw new Error(`no pixel has the color ${color.join(", ")}`);
  return { x: box.x + share.x * box.width, y: box.y + share.y * box.height };
}
