import { LoadingState, renderMarkdown } from "@grafana/data";
import { PanelChrome, useTheme2 } from "@grafana/ui";
import type { ReactElement } from "react";
import { useElementWidth } from "../dashboard/use-element-width.ts";
import type { PanelJson } from "../model/dashboard.ts";
import type { Mark } from "../query/find-marks.ts";
import type { QueryScope } from "../query/run-panel.ts";
import { PanelBody } from "./panel-body.tsx";
import { usePanelData } from "./use-panel-data.ts";

/** A panel with its title, description and picture. */
export function PanelFrame(props: {
  readonly panel: PanelJson;
  readonly scope: QueryScope;
  readonly marks: readonly Mark[];
  /** In CSS pixels. */
  readonly height: number;
  readonly onZoom: (range: { from: number; to: number }) => void;
}): ReactElement {
  const { panel, scope, marks, height, onZoom } = props;
  const theme = useTheme2();
  const [reference, frameWidth] = useElementWidth();
  const state = usePanelData(panel, scope, frameWidth, theme);
  return (
    <section
      ref={reference}
      className="panel"
      style={{ height }}
      aria-label={panel.title}
      data-panel={panel.id}
      data-kind={panel.type}
      data-state={state.error === undefined ? (state.loading ? "loading" : "done") : "failed"}
    >
      {frameWidth > 0 && (
        <PanelChrome
          title={panel.title}
          width={frameWidth}
          height={height}
          {...(panel.description === undefined ? {} : { description: renderMarkdown(panel.description) })}
          {...(state.error === undefined ? {} : { statusMessage: state.error })}
          {...(state.loading ? { loadingState: LoadingState.Loading } : {})}
        >
          {(width, innerHeight) => (
            <PanelBody
              panel={panel}
              state={state}
              marks={marks}
              theme={theme}
              width={width}
              height={innerHeight}
              onZoom={onZoom}
            />
          )}
        </PanelChrome>
      )}
    </section>
  );
}
