import type { ReactElement } from "react";
import type { PanelJson } from "../model/dashboard.ts";
import { Markdown } from "../panel/markdown.tsx";

/** A panel of Markdown. */
export function Text({ panel }: { readonly panel: PanelJson }): ReactElement {
  const { content } = panel.options ?? {};
  return <Markdown text={typeof content === "string" ? content : ""} />;
}
