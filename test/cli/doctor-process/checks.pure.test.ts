import { describe, expect, it } from "vitest";
import { judgeReading } from "../../../packages/cli/src/doctor/process/run-checks.ts";
import { judge, judgeStore } from "./facts.ts";

describe("the checks of a page", () => {
  it("find nothing where all is well", () => {
    expect(judge({})).toMatchObject({ bad: [], status: "ok", exitCode: 0, verdict: "All checks passed." });
  });

  it("stop at a missing client", () => {
    const { bad, findings } = judge({ clients: [] });
    expect(bad).toEqual(["client failed"]);
    expect(findings.map(({ check }) => check)).toEqual(["reading", "client"]);
  });

  it("wait for a first request that is under way", () => {
    const { bad, exitCode } = judge({ requests: 0, unmatchedRequests: 0, inFlight: 1 });
    expect(bad).toEqual(["requests warning"]);
    expect(exitCode).toBe(0);
  });

  it.each([
    [9, 9, []],
    [10, 5, []],
    [10, 6, ["operations failed"]],
  ])("of %i requests take %i to unknown paths for %j", (requests, unmatchedRequests, expected) => {
    expect(judge({ requests, unmatchedRequests }).bad).toEqual(expected);
  });

  it("tell a failing function of the user from failures of the instrumentation", () => {
    const failuresByStage = new Map([
      ["metrics", 2],
      ["on_outcome", 1],
      ["invented", 5],
    ]);
    expect(judge({ failuresByStage }).find("recording")).toMatchObject({
      status: "failed",
      summary: "failures of the instrumentation are counted: metrics 2, on_outcome 1",
      action: expect.stringContaining("report it"),
    });
  });

  it("advise honor_labels where the page names the processes itself", () => {
    const { find } = judge({ movedLabels: ["exported_instance", "exported_job"] });
    expect(find("labels")?.action).toContain("honor_labels: true");
    expect(judge({ movedLabels: ["exported_method"] }).find("labels")?.action).toContain("Rename or drop");
  });
});

describe("the checks of a store", () => {
  it("find nothing where all is well", () => {
    expect(judgeStore({}).bad).toEqual([]);
  });

  it("warn of one process without an instance, and fail for several in one series", () => {
    const unnamed = { withoutId: ["support"], notRelabeled: [] };
    expect(judgeStore({ unnamed }).bad).toEqual(["instance warning"]);
    const falling = [{ job: "api", instance: "", falls: 9 }];
    expect(judgeStore({ unnamed }, { falling }).bad).toEqual(["instance failed", "counters failed"]);
  });

  it("ask for the relabeling where resource attributes did not become labels", () => {
    const { bad, find } = judgeStore({ unnamed: { withoutId: [], notRelabeled: ["support"] } });
    expect(bad).toEqual(["instance failed"]);
    expect(find("instance")?.action).toContain("examples/otlp/relabel.yaml");
  });

  it("find replicas without deduplication", () => {
    expect(judgeStore({ replicatedJobs: ["api"] }).find("pipelines")).toMatchObject({
      status: "failed",
      details: { jobs: ["api"] },
    });
  });

  it("only warn where different processes are scraped and export", () => {
    const doubled = [{ client: "support", isSame: false }];
    expect(judgeStore({}, { doubled }).bad).toEqual(["pipelines warning"]);
  });

  it.each([
    ["are not loaded", { jobsWithoutRecords: ["api"], rules: { loaded: 0, failing: 0 } }, "are not loaded"],
    ["are nobody's to tell", { jobsWithoutRecords: ["api"], rules: undefined }, "are not loaded"],
    ["fail", { jobsWithoutRecords: ["api"], rules: { loaded: 20, failing: 3 } }, "3 of 20 fail"],
    ["fail in part", { rules: { loaded: 20, failing: 1 } }, "1 of 20 fail"],
    [
      "give nothing",
      { jobsWithoutRecords: ["api"], rules: { loaded: 20, failing: 0 } },
      "they give nothing for these jobs",
    ],
  ])("find rules that %s", (_, differences, cause) => {
    const { bad, find } = judgeStore(differences);
    expect(bad).toEqual(["rules failed"]);
    expect(find("rules")?.cause).toContain(cause);
  });

  it("compare the slowest process of each job with the configured interval", () => {
    const intervals = [
      { job: "api", seconds: 15 },
      { job: "worker", seconds: 60 },
    ];
    expect(judgeStore({ intervals }).find("scrapes")).toMatchObject({
      status: "failed",
      details: { jobs: ["worker"], slowestIntervalSeconds: 60, expectedIntervalSeconds: 15 },
    });
    expect(judgeStore({ intervals, expectedIntervalSeconds: 60 }).bad).toEqual([]);
    expect(judgeStore({ intervals: [] }).bad).toEqual(["scrapes warning"]);
  });
});

it("names that a page or store decides of are bounded and fit for a terminal", () => {
  const hostile = "\u001b[31m\u009b31m\u202e".repeat(50);
  const clients = Array.from({ length: 500 }, (_, index) => `${index}${hostile}`);
  const unnamed = { withoutId: clients, notRelabeled: [] };
  const { findings } = judgeStore({ unnamed, jobsWithoutRecords: clients }, { clients });
  const written = JSON.stringify(findings);
  expect(written).not.toMatch(/[\p{Cc}\p{Cf}]|\\u001b/u);
  expect(written.length).toBeLessThan(50_000);
  expect(findings.find(({ check }) => check === "client")?.summary).toContain("and 495 more");
});

it("where nothing could be read, only that is found", () => {
  const problem = { kind: "no_response", code: "ECONNREFUSED" } as const;
  const { findings, exitCode, verdict } = judgeReading({ read: false, problem }, "store");
  expect(findings.map(({ check }) => check)).toEqual(["reading"]);
  expect(exitCode).toBe(1);
  expect(verdict).toContain("could not be checked");
});

it("jobs whose durations have no classic buckets are named", () => {
  const { bad, find } = judgeStore({}, { jobsWithoutBuckets: ["api"] });
  expect(bad).toEqual(["histograms failed"]);
  expect(find("histograms")?.summary).toContain("in jobs: api");
});
