import { renderMarkdown } from "@grafana/data";
import type { ReactElement } from "react";

/** Markdown; Grafana's renderer takes out whatever could run, so its HTML can be used as it is. */
export function Markdown({
  text,
  className,
}: {
  readonly text: string;
  readonly className?: string;
}): ReactElement {
  const html = renderMarkdown(text);
  return <div className={`markdown-html ${className ?? ""}`} dangerouslySetInnerHTML={{ __html: html }} />;
}
