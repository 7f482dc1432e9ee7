import type { DataFrame, GrafanaTheme2 } from "@grafana/data";
import { useEffect, useState } from "react";
import { prepareFrames } from "../field/prepare-frames.ts";
import { transformFrames } from "../field/transform.ts";
import type { PanelJson } from "../model/dashboard.ts";
import type { Exemplar } from "../query/exemplars.ts";
import type { PanelData, QueryScope } from "../query/run-panel.ts";
import { runPanel } from "../query/run-panel.ts";

/** What a panel has to show. */
export interface PanelState {
  readonly frames: readonly DataFrame[] | undefined;
  readonly exemplars: readonly Exemplar[];
  readonly loading: boolean;
  readonly error: string | undefined;
  /** The scope that the frames belong to. */
  readonly scope: QueryScope | undefined;
}

const NOTHING: PanelState = {
  frames: undefined,
  exemplars: [],
  loading: true,
  error: undefined,
  scope: undefined,
};

/** A change of width by less than this asks for no other data. */
const WIDTH_STEP_PIXELS = 100;

/** The frames as the panel draws them. */
async function prepare(panel: PanelJson, frames: PanelData["frames"], theme: GrafanaTheme2) {
  return prepareFrames(panel, await transformFrames(frames, panel.transformations ?? []), theme);
}

/** Runs a panel's queries whenever what they depend on changes; earlier data stays until then. */
export function usePanelData(
  panel: PanelJson,
  scope: QueryScope,
  widthPixels: number,
  theme: GrafanaTheme2,
): PanelState {
  const [state, setState] = useState(NOTHING);
  const width = Math.ceil(widthPixels / WIDTH_STEP_PIXELS) * WIDTH_STEP_PIXELS;
  useEffect(() => {
    if (width === 0) return;
    const controller = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    const load = async () => {
      const { frames, exemplars } = await runPanel(panel, scope, width, controller.signal);
      const prepared = await prepare(panel, frames, theme);
      setState({ frames: prepared, exemplars, loading: false, error: undefined, scope });
    };
    load().catch((error: Error) => {
      if (controller.signal.aborted) return;
      setState({ ...NOTHING, loading: false, error: error.message });
    });
    return () => controller.abort();
  }, [panel, scope, width, theme]);
  return state;
}
