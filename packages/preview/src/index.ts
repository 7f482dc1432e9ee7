export type { BundledPage } from "./bundle/bundle-page.ts";
export { bundlePage } from "./bundle/bundle-page.ts";
export type { PreviewOptions } from "./options.ts";
export type { Preview } from "./server/start-preview.ts";
export { startPreview } from "./server/start-preview.ts";
