import { expect, test, vi } from "vitest";
import { findFreePorts, startProgram } from "./program.ts";

test("one /metrics shows the sum of all workers, and Ctrl-C ends all of them", {
  timeout: 60_000,
}, async () => {
  const port = await findFreePorts();
  const example = startProgram("examples/worker-cluster/src/main.ts", {
    env: { METRICS_PORT: String(port) },
  });
  await example.printed(/All of them are on/);
  expect(example.output()).toContain("3 workers have made their calls; 18 requests arrived");
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const value = (series: string): number => {
    const line = text.split("\n").find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length));
  };
  const series = 'client="cluster",method="GET",url_template=';
  const requests = `intercom_client_requests_total{${series}`;
  expect(value(`${requests}"/admins",status_code="200",error_code="",error_category="",retryable=""}`)).toBe(
    15,
  );
  const missing = 'status_code="404",error_code="not_found",error_category="not_found",retryable="false"}';
  expect(value(`${requests}"/contacts/{id}",${missing}`)).toBe(3);
  expect(value(`intercom_client_request_duration_seconds_count{${series}"/admins"}`)).toBe(15);
  expect(value('intercom_client_rate_limit_limit{client="cluster"}')).toBe(500);
  // The lowest that a worker saw, and the whole quota once the window has ended; never a sum.
  const remaining = value('intercom_client_rate_limit_remaining{client="cluster"}');
  expect(remaining).toBeGreaterThanOrEqual(482);
  expect(remaining).toBeLessThanOrEqual(500);
  example.signalAll("SIGINT");
  expect(await example.exited, example.output()).toBe(0);
  await vi.waitFor(() => expect(example.isAlive()).toBe(false), { timeout: 5000, interval: 50 });
});
