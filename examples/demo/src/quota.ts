/** Length of Intercom's rate-limit windows. */
export const WINDOW_SECONDS = 10;

/** Requests in one window, for all services together: enough for an ordinary day and not for a campaign. */
export const LIMIT_PER_WINDOW = 360;
