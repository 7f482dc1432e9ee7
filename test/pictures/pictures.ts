/** One picture of a dashboard. */
export interface Picture {
  /** File name without its ending. */
  readonly name: string;
  readonly uid: string;
  /** Length of the time range, which ends where the made-up history ends. */
  readonly hours: number;
  readonly theme: "light" | "dark";
  /** In CSS pixels. */
  readonly width: number;
  /** Titles of the rows to open. */
  readonly rows: readonly string[];
}

const LAPTOP_PIXELS = 1440;
const PHONE_PIXELS = 390;

const DASHBOARDS = [
  { name: "overview", uid: "intercom-client-overview", hours: 6, rows: ["Failures"] },
  { name: "rate-limit", uid: "intercom-client-rate-limit", hours: 6, rows: ["Who uses the quota"] },
  { name: "slo", uid: "intercom-client-slo", hours: 7 * 24, rows: [] },
  { name: "platform", uid: "intercom-client-platform", hours: 6, rows: [] },
] as const;

/** Each dashboard in the light and in the dark, and one on a phone. */
export const PICTURES: readonly Picture[] = [
  ...DASHBOARDS.flatMap((dashboard) =>
    (["light", "dark"] as const).map((theme) => ({
      ...dashboard,
      name: `${dashboard.name}-${theme}`,
      theme,
      width: LAPTOP_PIXELS,
    })),
  ),
  { ...DASHBOARDS[0], name: "overview-phone", rows: [], theme: "light", width: PHONE_PIXELS },
];
