/** How it is measured, for the reader of the page. */
export const RULES = `## How it is measured

Each scenario is played with bare axios and then with each tool: a separate process, and a separate
simulator that gives the same responses every time. The comparison knows the simulator's ledger and what the caller saw with bare axios. It
shares no code with the tools, ours included.

- **The caller first.** Every call has to settle as it does with bare axios: the same value, or an error of the same
  class with the same code, message and response. A tool that changes this is wrong, whatever it records.
- **Then the record.** A scenario asks for a few things, which stand in brackets after its name. A tool is
  compared on those that it records at all; when it records none of them, it is *not offered*, which is not a fault. So no general
  tool loses anything for not knowing Intercom's error codes, operations, request ids or rate limit.
- **Every book counts.** Where a tool keeps spans and metrics of the same thing, both have to be right. Of the pair,
  it is enough that one of the two tools is right.
- **Requests, not calls.** A retry is a separate request, since the server has to respond to it.
- **More than one truth.** Redirects may be counted hop by hop, or as the one request that axios was asked for. What
  fails before anything is sent may be counted as a failed request or not at all. An unknown method may be called
  \`_OTHER\`, as OpenTelemetry's conventions have it. A code that nobody documents may be called \`other\` in a label.
- **What nobody can know.** Only the documentation of the API tells which part of a URL is personal. A
  general tool that keeps it out is right, one that does not is *not offered*. The same holds for requests
  through axios's fetch adapter with instrumentation-http, as undici has its own instrumentation; for bodies
  that axios cannot decompress, which happens above Node's HTTP module; for transports of the user's own; for a tool that names the host that
  responded last, after a redirect; and for a tool that cannot be put on twice, where it would have to be.
- **As documented.** Each tool is set up as its README says, with its defaults. For prometheus-api-metrics this is
  axios-time, and \`collect\` around each call. Its path label can be overridden call by call, which nothing here does.

What the words in brackets ask: *requests* how many there were; *method* and *status* of each; *failed* which of them
had no response, or one from 400; *seconds* what they took; *series* whether their number stays below 120 with sixty
different ids, paths or codes; *privacy* whether planted strings stay out; *parent* whose child each span is; *silent*
that there is no span; *notNegative* that no duration is below 0; *quotaUnknown* how many responses of Intercom's had no rate
limit; *retries*, *quota*, *inFlight*, *template*, *code* and *requestId* what the names say. With
*caller only*, nothing is asked of the record.`;
