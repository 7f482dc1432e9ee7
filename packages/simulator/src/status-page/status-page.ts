import {
  filledString,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  string,
} from "@intercom-telemetry/guards/shape";

/** A part of Intercom, as the status page shows it. */
export interface StatusComponent {
  readonly name: string;
  /** Statuspage's words: `operational`, `degraded_performance`, `partial_outage`, `major_outage`, `under_maintenance`. */
  readonly status: string;
  /** Hosting region; components of one region form a group. Default: no group. */
  readonly region?: "us" | "eu" | "au";
}

/** An open incident or a maintenance. */
export interface StatusIncident {
  readonly name: string;
  /** `investigating`, `identified`, `monitoring`, `resolved`; maintenance: `scheduled`, `in_progress`, ... */
  readonly status: string;
  /** `none`, `minor`, `major`, `critical`, `maintenance`. */
  readonly impact: string;
}

/** What the simulated status page says. A key that is left out takes its default: all is well. */
export interface StatusState {
  /** Default `none`. Words that Statuspage does not know are sent as they are. */
  readonly indicator?: string;
  readonly description?: string;
  readonly components?: readonly StatusComponent[];
  readonly incidents?: readonly StatusIncident[];
  readonly maintenances?: readonly StatusIncident[];
  /** The page itself fails: with 500, with HTML instead of JSON, with cut JSON, or it never responds. */
  readonly failing?: "error" | "html" | "cut_json" | "hang";
}

/** The status page, in the hands of a test. */
export interface StatusPage {
  /**
   * Replaces the whole state.
   *
   * @throws TypeError with the position of what is wrong.
   */
  set(state: StatusState): void;
}

const incident = object<StatusIncident>({ name: filledString, status: filledString, impact: filledString });

const component = object<StatusComponent>({
  name: filledString,
  status: filledString,
  region: optional(oneOf(["us", "eu", "au"] as const)),
});

/** Checks a state that came from outside. */
export const STATUS_STATE: Shape<StatusState> = object<StatusState>({
  indicator: optional(filledString),
  description: optional(string()),
  components: optional(list(component)),
  incidents: optional(list(incident)),
  maintenances: optional(list(incident)),
  failing: optional(oneOf(["error", "html", "cut_json", "hang"] as const)),
});
