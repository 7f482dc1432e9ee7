import type { Fields } from "../../state/records.ts";
import { jsonResponse } from "../../wire/response.ts";
import type { ApiHandler } from "../api-request.ts";
import { Refusal } from "../refusal.ts";

/** The two teammates of every workspace. */
const ADMINS = [
  {
    type: "admin",
    id: "991",
    name: "Ada Admin",
    email: "ada@example.com",
    away_mode_enabled: false,
    away_mode_reassign: false,
    team_ids: [],
    has_inbox_seat: true,
  },
  {
    type: "admin",
    id: "992",
    name: "Ben Admin",
    email: "ben@example.com",
    away_mode_enabled: false,
    away_mode_reassign: false,
    team_ids: [],
    has_inbox_seat: true,
  },
] as const;

/** The teammate as the author of something; the name of one that is unknown is empty. */
export function authorAdmin(id: string): Fields {
  const { name = "", email = "" } = ADMINS.find((admin) => admin.id === id) ?? {};
  return { type: "admin", id, name, email };
}

/** Works with any good token, whatever its scopes, so it proves the token only. */
const me: ApiHandler = ({ app }) => {
  const { name, region } = app.settings;
  return jsonResponse(200, {
    ...ADMINS[0],
    email_verified: true,
    app: {
      type: "app",
      id_code: name,
      name,
      created_at: 1_700_000_000,
      secure: false,
      identity_verification: false,
      timezone: "UTC",
      region: region.toUpperCase(),
    },
  });
};

const read: ApiHandler = ({ params }) => {
  const admin = ADMINS.find(({ id }) => id === params.id);
  if (!admin) throw new Refusal(404, "admin_not_found", "Admin Not Found");
  return jsonResponse(200, admin);
};

/** Teammates by operation. */
export const ADMIN_HANDLERS: Readonly<Record<string, ApiHandler>> = {
  "GET /me": me,
  "GET /admins": () => jsonResponse(200, { type: "admin.list", admins: ADMINS }),
  "GET /admins/{id}": read,
};
