import { HOSTS } from "./generated/hosts.ts";

/** The three places where Intercom hosts workspaces. */
export type IntercomRegion = "us" | "eu" | "au";

/** A host of Intercom's REST API. */
export interface IntercomHost {
  /** Host name without port, lower case. */
  readonly host: string;
  readonly region: IntercomRegion;
}

/** The REST API hosts of all regions. Source: servers of Intercom's OpenAPI descriptions. */
export const INTERCOM_HOSTS: readonly IntercomHost[] = HOSTS;
