import { renderMarkdown } from "@grafana/data";
import type { ReactElement } from "react";
import type { PanelJson } from "../model/dashboard.ts";

/** Markdown; Grafana's renderer takes out whatever could run, so its HTML can be used as it is. */
export function Text({ panel }: { readonly panel: PanelJson }): ReactElement {
  const { content } = panel.options ?? {};
  const html = renderMarkdown(typeof content === "string" ? content : "");
  return <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />;
}
