import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findClosedPort, type Stub, startStub } from "../exporter/stubs.ts";
import { runCli } from "./command-line.ts";
import { VirtualClock } from "./virtual-clock.ts";

const RULES = `groups:
  - name: one
    rules:
      - record: a:b:rate5m
        expr: rate(b[5m])
      - alert: Slow
        expr: a:b:rate5m > 1
        labels:
          severity: warning
          team: "{{ $labels.service }}-owners"
        annotations:
          summary: "{{ $labels.client }} is slow"
          description: "{{ $value | humanizePercentage }} for {{ $labels.client | title }}"
          evidence: '{{ with query "c:d" }}At least {{ . | first | value }}.{{ else }}No sign of others.{{ end }}'
          runbook_url: https://example.com/{{ $labels.client }}
  - name: two
    rules:
      - alert: Gone
        expr: absent(b)
`;

interface Sent {
  readonly path: string | undefined;
  readonly alerts: readonly {
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
    readonly startsAt: string;
    readonly endsAt: string;
  }[];
}

let folder: string;
let alertmanager: Stub;
let sent: Sent[];
let respond: (response: ServerResponse) => void;

const drill = (args: readonly string[], clock?: VirtualClock, signal?: AbortSignal) =>
  runCli(["drill", "--alertmanager", `${alertmanager.url}/prefix`, ...args], {
    ...(clock && { clock }),
    ...(signal && { signal }),
  });

async function writeRules(text: string): Promise<string> {
  const file = join(folder, "rules.yml");
  await writeFile(file, text);
  return file;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drill-"));
  alertmanager = await startStub(async (request: IncomingMessage, response) => {
    sent.push({ path: request.url, alerts: (await json(request)) as Sent["alerts"] });
    respond(response);
  });
});
beforeEach(() => {
  sent = [];
  respond = (response) => response.end();
});
afterAll(async () => {
  await alertmanager.close();
  await rm(folder, { recursive: true });
});

/** Runs to the end on a clock that is moved as far as needed. */
async function drillToTheEnd(args: readonly string[]) {
  const clock = new VirtualClock();
  const ended = drill(args, clock);
  await clock.advance(0, 1);
  const atStart = sent.length;
  // Nobody sleeps any more once it has ended.
  await Promise.race([ended, clock.advance(120, 1)]);
  return { ...(await ended), atStart };
}

describe("what is sent", () => {
  it("is one alert for each alerting rule, marked, with its annotations filled in, and again at the end", async () => {
    const ending = new AbortController();
    const clock = new VirtualClock();
    const ended = drill(["--rules", await writeRules(RULES), "--for", "60"], clock, ending.signal);
    await clock.untilAsleep(1);
    const [first] = sent;
    expect(first?.path).toBe("/prefix/api/v2/alerts");
    expect(first?.alerts).toEqual([
      {
        labels: {
          alertname: "Slow",
          severity: "warning",
          team: "drill-Slow-owners",
          client: "drill-Slow",
          service: "drill-Slow",
          drill: "true",
        },
        annotations: {
          summary: "[DRILL] drill-Slow is slow",
          description: "[DRILL] (no value in a drill) for drill-Slow",
          evidence: "No sign of others.",
          runbook_url: "https://example.com/drill-Slow",
        },
        startsAt: "2027-01-15T08:00:00.000Z",
        endsAt: "2027-01-15T08:01:00.000Z",
      },
      {
        labels: { alertname: "Gone", drill: "true" },
        annotations: { summary: "[DRILL] Gone" },
        startsAt: "2027-01-15T08:00:00.000Z",
        endsAt: "2027-01-15T08:01:00.000Z",
      },
    ]);
    ending.abort();
    const { exitCode, out } = await ended;
    expect(sent).toHaveLength(2);
    expect(sent[1]?.alerts.map(({ labels }) => labels)).toEqual(first?.alerts.map(({ labels }) => labels));
    expect(sent[1]?.alerts.map(({ endsAt }) => endsAt)).toEqual(Array(2).fill("2027-01-15T08:00:00.000Z"));
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'Slow (warning)\nGone\n2 sent, marked with drill="true"; to be resolved at 2027-01-15T08:01:00.000Z\nresolved\n',
    });
  });

  it("takes labels of the user's, which win over those of the rule, and only the alerts named", async () => {
    const args = [
      "--alert",
      "Slow",
      "--label",
      "client=billing",
      "--label",
      "team=me=you",
      "--label",
      "drill=no",
    ];
    const ending = AbortSignal.abort();
    await drill(["--rules", await writeRules(RULES), ...args], undefined, ending);
    const [alert] = sent[0]?.alerts ?? [];
    expect(sent[0]?.alerts).toHaveLength(1);
    expect(alert?.labels).toMatchObject({ client: "billing", team: "me=you", drill: "true" });
    expect(alert?.annotations.summary).toBe("[DRILL] billing is slow");
  });

  it("is read from a PrometheusRule too", async () => {
    const text = RULES.replace(/^/gm, "  ");
    const file = await writeRules(`kind: PrometheusRule\nmetadata: { name: x }\nspec:\n${text}`);
    await drill(["--rules", file], undefined, AbortSignal.abort());
    expect(sent[0]?.alerts.map(({ labels }) => labels.alertname)).toEqual(["Slow", "Gone"]);
  });
});

describe("what ends it with an exit code", () => {
  it("a refusal by Alertmanager is 1, with what it said, made printable", async () => {
    respond = (response) => response.writeHead(400).end("bad\u001b[31m matcher");
    const { exitCode, err } = await drill(["--rules", await writeRules(RULES)]);
    expect({ exitCode, err }).toEqual({
      exitCode: 1,
      err: `--alertmanager: expected status 200 from api/v2/alerts, got 400 bad [31m matcher\n`,
    });
  });

  it("a redirect is not followed", async () => {
    respond = (response) => response.writeHead(302, { location: "https://example.com/" }).end();
    expect((await drill(["--rules", await writeRules(RULES)])).err).toContain("got 302");
  });

  it("a refusal that never ends is 1, with its beginning", async () => {
    let sentBytes = 0;
    respond = (response) => {
      response.writeHead(400);
      const chunk = Buffer.alloc(64 * 1024, "no ");
      const write = () => {
        while (!response.destroyed && response.write(chunk)) sentBytes += chunk.length;
        if (!response.destroyed) response.once("drain", write);
      };
      write();
    };
    const { exitCode, err } = await drill(["--rules", await writeRules(RULES)]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/got 400 no no [no ]{100,}/);
    expect(err.length).toBeLessThan(400);
    expect(sentBytes).toBeLessThan(50_000_000);
  });

  it("an acceptance that never ends is an acceptance", async () => {
    respond = (response) => response.writeHead(200).write("x".repeat(100_000));
    const { exitCode } = await drill(["--rules", await writeRules(RULES), "--for", "0.1"]);
    expect(exitCode).toBe(0);
  });

  it("a refusal that unpacks to hundreds of megabytes does not fill the memory", async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    respond = (response) => response.writeHead(400, { "content-encoding": "gzip" }).end(bomb);
    const before = process.memoryUsage().rss;
    const { exitCode } = await drill(["--rules", await writeRules(RULES)]);
    expect(exitCode).toBe(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });

  it("does not echo a label that Alertmanager repeats", async () => {
    respond = (response) => response.writeHead(400).end('invalid label set: {client="s3cret-value"}');
    const args = ["--rules", await writeRules(RULES), "--label", "client=s3cret-value"];
    const { err } = await drill(args);
    expect(err).toContain('got 400 invalid label set: {client="[redacted]"}');
  });

  it("no response is 1", async () => {
    const url = `http://127.0.0.1:${await findClosedPort()}`;
    const args = ["drill", "--alertmanager", url, "--rules", await writeRules(RULES)];
    const { exitCode, err } = await runCli(args);
    expect({ exitCode, err }).toEqual({
      exitCode: 1,
      err: `--alertmanager: expected an Alertmanager, got no response: ECONNREFUSED\n`,
    });
  });

  it("too slow a response is 1", async () => {
    respond = () => {};
    const { exitCode, err } = await drill(["--rules", await writeRules(RULES), "--timeout", "0.2"]);
    expect(exitCode).toBe(1);
    expect(err).toContain("got no response: timeout");
  });

  it.each([
    ["not YAML", "groups: [", /rules\.yml:1: expected YAML or JSON/],
    ["no rules", "groups: []", /expected alerting rules under groups .* or spec\.groups .*, got none/],
    ["another document", "clients: []", /got none/],
    ["recording rules only", "groups: [{ rules: [{ record: a, expr: b }] }]", /got none/],
    [
      "labels that are no mapping",
      "groups:\n  - rules:\n      - alert: A\n        labels: [a]",
      /rules\.yml:4: groups\[0\]\.rules\[0\]\.labels: expected an object of strings, got an array of 1/,
    ],
  ])("%s in the rules file is 2", async (_, text, expected) => {
    const { exitCode, err } = await drill(["--rules", await writeRules(text)]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(expected);
    expect(sent).toEqual([]);
  });

  it.each([
    [["--rules", "/nowhere/rules.yml"], "--rules: expected a file that can be read, got ENOENT"],
    [[], "required option '--rules <file>' not specified"],
    [["--rules", "x", "--label", "client"], "option '--label <name=value>': Expected NAME=VALUE."],
    [["--rules", "x", "--for", "soon"], "Expected a number of seconds"],
  ])("%j is 2", async (args, expected) => {
    const { exitCode, err } = await drill(args);
    expect(exitCode).toBe(2);
    expect(err).toContain(expected);
  });

  it("a name that is not in the file is 2, with those that are", async () => {
    const { exitCode, err } = await drill(["--rules", await writeRules(RULES), "--alert", "Sloww"]);
    expect({ exitCode, err }).toEqual({
      exitCode: 2,
      err: "--alert: expected some of Slow, Gone, got a name that is not in the file\n",
    });
  });
});

it("without being ended early, it resolves after two minutes", async () => {
  const { exitCode, atStart } = await drillToTheEnd(["--rules", await writeRules(RULES)]);
  expect({ exitCode, atStart, sent: sent.length }).toEqual({ exitCode: 0, atStart: 1, sent: 2 });
  expect(sent[1]?.alerts[0]?.endsAt).toBe("2027-01-15T08:02:00.000Z");
});

it("with --json, it prints one line, with what was sent and when it was resolved", async () => {
  const { exitCode, out } = await drillToTheEnd(["--rules", await writeRules(RULES), "--json"]);
  expect({ exitCode, report: JSON.parse(out) }).toEqual({
    exitCode: 0,
    report: {
      alerts: [{ name: "Slow", severity: "warning" }, { name: "Gone" }],
      startsAt: "2027-01-15T08:00:00.000Z",
      endsAt: "2027-01-15T08:02:00.000Z",
    },
  });
  expect(out.split("\n")).toHaveLength(2);
});
