import type { FieldDisplay } from "@grafana/data";
import { getDisplayValueAlignmentFactors, VizOrientation } from "@grafana/data";
import { BarGauge, BarGaugeDisplayMode, VizRepeater } from "@grafana/ui";
import type { ReactElement } from "react";
import type { PictureProps } from "./picture.ts";
import { reduceToValues } from "./stat.tsx";

/** Grafana's round gauge is not public; its bar shows the same value against the same thresholds. */
export function Gauge(props: PictureProps): ReactElement {
  const { frames, theme, width, height } = props;
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      source={frames}
      renderCounter={0}
      width={width}
      height={height}
      orientation={VizOrientation.Horizontal}
      itemSpacing={8}
      getValues={() => reduceToValues(props)}
      getAlignmentFactors={(values) => getDisplayValueAlignmentFactors(values)}
      renderValue={({ value, width: barWidth, height: barHeight, alignmentFactors }) => (
        <BarGauge
          value={value.display}
          field={value.field}
          width={barWidth}
          height={barHeight}
          theme={theme}
          orientation={VizOrientation.Horizontal}
          displayMode={BarGaugeDisplayMode.Gradient}
          alignmentFactors={alignmentFactors}
        />
      )}
    />
  );
}
