import { METRICS, type MetricKey } from "@intercom-telemetry/core/contract";

/** Selects the series of a metric of ours. */
export type Select = (key: MetricKey, matcher?: string, suffix?: string) => string;

/** Selectors with the matchers that the dashboards' configuration puts on each metric, such as `namespace="shop"`. */
export function selectWith(selector: string | undefined): Select {
  return (key, matcher, suffix = "") => {
    const matchers = [selector, matcher].filter((each) => each !== undefined && each.trim() !== "");
    return `${METRICS[key].name}${suffix}{${matchers.join(",")}}`;
  };
}
