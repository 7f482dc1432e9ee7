import type { IntercomRegion } from "@intercom-telemetry/core/facts";
import type { AreaFacts } from "../../probe/areas.ts";
import type { MeFacts } from "../../probe/probe-me.ts";
import type { Environment } from "../../probe/proxy.ts";
import type { PlatformFacts } from "../../probe/status-page.ts";
import type { TokenProblem, TokenSource } from "../../probe/token.ts";

/** Everything that one examination found out; the checks judge it and ask nobody anything more. */
export interface DoctorFacts {
  readonly epochSeconds: number;
  readonly baseUrl: URL;
  /** Region whose host the base URL is; absent for a proxy or any other host. */
  readonly configuredRegion?: IntercomRegion;
  readonly tokenSource: TokenSource;
  /** Set when there is no usable token; then Intercom was not asked. */
  readonly tokenProblem?: TokenProblem;
  readonly requestedVersion?: string;
  readonly env: Environment;
  readonly me?: MeFacts;
  /** Set when the configured region refused the token: whether each of the others accepts it. */
  readonly otherRegions?: ReadonlyMap<IntercomRegion, boolean | undefined>;
  /** Set when the token was accepted and the window had room. */
  readonly areas?: readonly AreaFacts[];
  /** Areas that the service needs; every area when absent. */
  readonly neededAreas?: readonly string[];
  readonly platform: PlatformFacts;
}
