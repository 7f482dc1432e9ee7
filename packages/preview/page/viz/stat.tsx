import type { FieldDisplay, ReduceDataOptions, VizOrientation } from "@grafana/data";
import { getDisplayValueAlignmentFactors, getFieldDisplayValues } from "@grafana/data";
import type {
  BigValueColorMode,
  BigValueJustifyMode,
  BigValueTextMode,
  VizTextDisplayOptions,
} from "@grafana/ui";
import { BigValue, BigValueGraphMode, VizRepeater } from "@grafana/ui";
import type { ReactElement } from "react";
import { loadFieldConfig } from "../field/prepare-frames.ts";
import type { PanelJson } from "../model/dashboard.ts";
import type { PictureProps } from "./picture.ts";
import { readOption } from "./picture.ts";

/** Options of Grafana's stat panel. */
interface StatOptions {
  readonly orientation?: VizOrientation;
  readonly colorMode?: BigValueColorMode;
  readonly justifyMode?: BigValueJustifyMode;
  readonly textMode?: BigValueTextMode;
  readonly text?: VizTextDisplayOptions;
}

/** The single values of a panel. */
export function reduceToValues({ panel, frames, theme }: PictureProps): FieldDisplay[] {
  const reduceOptions: ReduceDataOptions = {
    calcs: ["lastNotNull"],
    ...readOption<ReduceDataOptions>(panel, "reduceOptions"),
  };
  return getFieldDisplayValues({
    data: [...frames],
    reduceOptions,
    fieldConfig: loadFieldConfig(panel),
    replaceVariables: (text) => text,
    theme,
    timeZone: "browser",
  });
}

const statOptions = ({ options = {} }: PanelJson): StatOptions => options as StatOptions;

/** Large numbers, by Grafana's own component. */
export function Stat(props: PictureProps): ReactElement {
  const { panel, frames, theme, width, height } = props;
  const { orientation, colorMode, justifyMode, textMode, text } = statOptions(panel);
  return (
    <VizRepeater<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>>
      source={frames}
      renderCounter={0}
      width={width}
      height={height}
      orientation={orientation ?? ("auto" as VizOrientation)}
      itemSpacing={3}
      autoGrid
      getValues={() => reduceToValues(props)}
      getAlignmentFactors={(values) => getDisplayValueAlignmentFactors(values)}
      renderValue={({ value, width: valueWidth, height: valueHeight, alignmentFactors, count }) => (
        <BigValue
          value={value.display}
          width={valueWidth}
          height={valueHeight}
          count={count}
          theme={theme}
          colorMode={colorMode ?? ("value" as BigValueColorMode)}
          graphMode={BigValueGraphMode.None}
          justifyMode={justifyMode ?? ("auto" as BigValueJustifyMode)}
          textMode={textMode ?? ("auto" as BigValueTextMode)}
          alignmentFactors={alignmentFactors}
          {...(text === undefined ? {} : { text })}
        />
      )}
    />
  );
}
