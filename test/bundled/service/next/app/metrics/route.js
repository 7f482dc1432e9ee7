import { callIntercom } from "../../../call-intercom.mjs";

export const dynamic = "force-dynamic";

export async function GET() {
  return new Response(await callIntercom(process.env.INTERCOM_URL));
}
