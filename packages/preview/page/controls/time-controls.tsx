import type { TimeRange } from "@grafana/data";
import { dateTimeFormat } from "@grafana/data";
import type { ComboboxOption } from "@grafana/ui";
import { Button, Combobox } from "@grafana/ui";
import type { ReactElement } from "react";
import { useId } from "react";
import type { Navigate } from "../location/use-view-state.ts";
import type { ViewState } from "../location/view-state.ts";
import type { DashboardJson } from "../model/dashboard.ts";

const QUICK_RANGES: readonly ComboboxOption[] = [
  { value: "now-5m", label: "Last 5 minutes" },
  { value: "now-15m", label: "Last 15 minutes" },
  { value: "now-30m", label: "Last 30 minutes" },
  { value: "now-1h", label: "Last hour" },
  { value: "now-3h", label: "Last 3 hours" },
  { value: "now-6h", label: "Last 6 hours" },
  { value: "now-12h", label: "Last 12 hours" },
  { value: "now-24h", label: "Last 24 hours" },
  { value: "now-2d", label: "Last 2 days" },
  { value: "now-7d", label: "Last 7 days" },
  { value: "now-30d", label: "Last 30 days" },
];

const REFRESH_INTERVALS: readonly ComboboxOption[] = [
  { value: "off", label: "Off" },
  ...["5s", "10s", "30s", "1m", "5m"].map((value) => ({ value, label: `Every ${value}` })),
];

const FIXED = "fixed";

/** Twice the range around the same middle, in milliseconds since the epoch. */
function widen({ from, to }: TimeRange): { from: string; to: string } {
  const half = (to.valueOf() - from.valueOf()) / 2;
  return { from: `${Math.round(from.valueOf() - half)}`, to: `${Math.round(to.valueOf() + half)}` };
}

function showEnd({ raw }: TimeRange, end: "from" | "to"): string {
  const moment = raw[end];
  return typeof moment === "string" ? moment : dateTimeFormat(moment, { format: "YYYY-MM-DD HH:mm" });
}

function rangeOptions(from: string, to: string, range: TimeRange): readonly ComboboxOption[] {
  if (to === "now" && QUICK_RANGES.some(({ value }) => value === from)) return QUICK_RANGES;
  return [{ value: FIXED, label: `${showEnd(range, "from")} to ${showEnd(range, "to")}` }, ...QUICK_RANGES];
}

interface RangeProps {
  readonly dashboard: DashboardJson;
  readonly state: ViewState;
  readonly range: TimeRange;
  readonly navigate: Navigate;
}

function RangeSelect({ dashboard, state, range, navigate }: RangeProps): ReactElement {
  const id = useId();
  const from = state.from ?? dashboard.time.from;
  const options = rangeOptions(from, state.to ?? dashboard.time.to, range);
  return (
    <div className="control control-wide" data-control="range">
      <label htmlFor={id}>Time range</label>
      <Combobox
        id={id}
        aria-label="Time range"
        prefixIcon="clock-nine"
        options={[...options]}
        value={options[0]?.value === FIXED ? FIXED : from}
        onChange={({ value }) => {
          if (value !== FIXED) navigate({ from: value, to: "now" });
        }}
      />
    </div>
  );
}

/** Time range, refresh, and a wider view. */
export function TimeControls(
  props: RangeProps & { readonly refresh: string; readonly onRefresh: () => void },
): ReactElement {
  const { refresh, onRefresh, ...rangeProps } = props;
  const { navigate, range } = rangeProps;
  const id = useId();
  return (
    <>
      <RangeSelect {...rangeProps} />
      <div className="control" data-control="refresh">
        <label htmlFor={id}>Refresh</label>
        <Combobox
          id={id}
          aria-label="Refresh"
          options={[...REFRESH_INTERVALS]}
          value={refresh === "" ? "off" : refresh}
          onChange={({ value }) => navigate({ refresh: value === "off" ? "" : value })}
        />
      </div>
      <div className="control control-buttons">
        <Button
          variant="secondary"
          icon="search-minus"
          aria-label="Zoom out"
          onClick={() => navigate(widen(range))}
        />
        <Button variant="secondary" icon="sync" aria-label="Refresh now" onClick={onRefresh} />
      </div>
    </>
  );
}
