/** Who asks for admission. */
export interface Applicant {
  /** Attempts that wait, this one included. */
  readonly waiting: number;
  /** They wait for room, and leave at the pace of the quota until none is left. */
  readonly pacing: boolean;
  /** Whether it may be asked to wait for the window's first response; after a second it may not. */
  readonly mayProbe: boolean;
}

/** Why an attempt has to wait: for its turn, for the next window, or for the first response of this one. */
export type WaitCause = "pace" | "window" | "response";

/** Whether an attempt may leave now; if not, when to ask again at the latest. */
export type Admission =
  | { readonly admitted: true }
  | { readonly admitted: false; readonly cause: WaitCause; readonly seconds: number };
