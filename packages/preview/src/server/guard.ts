import type { IncomingMessage } from "node:http";

/** Keeps the page from loading anything from, or sending anything to, another machine. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    // Grafana's components write their styles while they run.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Tells whether a request was meant for this server. Another site's page can make its own name
 * point to 127.0.0.1 and read answers from here; it cannot change the host that the browser names.
 */
export function isMeantForThisMachine(request: IncomingMessage): boolean {
  return LOOPBACK_HOST.test(request.headers.host ?? "");
}
