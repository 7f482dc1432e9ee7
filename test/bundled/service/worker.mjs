import { intercomFetch } from "@intercom-telemetry/fetch";

const counted = [];
let fetch;

/** A service for workerd, without `nodejs_compat`. Responds with what it has counted. */
export default {
  async fetch(_request, { INTERCOM }) {
    fetch ??= intercomFetch({
      hosts: [INTERCOM],
      recorders: [
        { finish: ({ method, status, error }) => counted.push(`${method} ${status} ${error?.code}`) },
      ],
    });
    const headers = { authorization: "Bearer demo-token" };
    await (await fetch(`${INTERCOM}/me`, { headers })).json();
    await (await fetch(`${INTERCOM}/contacts/none`, { headers })).text();
    await fetch(`${INTERCOM}/contacts/unread`, { headers });
    // What nobody reads is read from a clone.
    for (let turn = 0; counted.length < 3 && turn < 50; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return Response.json(counted.splice(0));
  },
};
