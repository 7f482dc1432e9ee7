import type { ReactElement } from "react";
import { isEmpty } from "../field/count-values.ts";
import type { PanelJson } from "../model/dashboard.ts";
import type { PictureProps } from "../viz/picture.ts";
import { Text } from "../viz/text.tsx";
import { PictureOf } from "./picture-of.tsx";
import { summarizeExemplars, summarizePanel } from "./summarize-panel.ts";
import type { PanelState } from "./use-panel-data.ts";

function Notice({ text }: { readonly text: string }): ReactElement {
  return <p className="notice">{text}</p>;
}

/** What a picture shows, in words, for those who cannot see it. */
function Summary({
  panel,
  frames,
  exemplars,
}: Pick<PictureProps, "panel" | "frames" | "exemplars">): ReactElement {
  // Two lines may have the same name: only their place tells them apart.
  const lines = [...summarizePanel(panel, frames), ...summarizeExemplars(exemplars, frames)];
  return (
    <ul className="summary" data-summary>
      {lines.map(({ name, value }, index) => (
        <li key={index}>
          {name}: {value}
        </li>
      ))}
    </ul>
  );
}

/** The inside of a panel: its picture, or the reason why it has no picture. */
export function PanelBody(
  props: Omit<PictureProps, "frames" | "exemplars" | "range"> & {
    readonly panel: PanelJson;
    readonly state: PanelState;
  },
): ReactElement {
  const { state, ...picture } = props;
  const { frames, exemplars, error, scope } = state;
  if (picture.panel.type === "text") return <Text panel={picture.panel} />;
  if (error !== undefined) return <Notice text={error} />;
  if (frames === undefined || scope === undefined) return <Notice text="Loading …" />;
  if (isEmpty(frames)) return <Notice text={picture.panel.fieldConfig?.defaults.noValue ?? "Nothing"} />;
  return (
    <>
      <div data-picture>
        <PictureOf {...picture} frames={frames} exemplars={exemplars} range={scope.range} />
      </div>
      <Summary panel={picture.panel} frames={frames} exemplars={exemplars} />
    </>
  );
}
