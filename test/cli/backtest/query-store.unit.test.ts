import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { queryInParts } from "../../../packages/cli/src/dashboards/backtest/query-in-parts.ts";
import {
  connectStore,
  type Moments,
  type StoreOptions,
  TooMuchError,
} from "../../../packages/cli/src/dashboards/backtest/query-store.ts";

const MOMENTS: Moments = { startSeconds: 0, endSeconds: 600, stepSeconds: 60 };
const matrix = (result: unknown) =>
  JSON.stringify({ status: "success", data: { resultType: "matrix", result } });

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const respond =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

async function failureOf(listener: RequestListener, options: Partial<StoreOptions> = {}): Promise<Error> {
  const query = connectStore({ url: await serve(listener), ...options });
  return query("up", MOMENTS).then(
    () => new Error("expected a failure"),
    (error: Error) => error,
  );
}

describe("a store", () => {
  it("is asked by POST below its path, with the credentials, and its numbers are read", async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.end(
        matrix([
          {
            metric: { __name__: "up", job: "a" },
            values: [
              [60, "+Inf"],
              [120, "1.5"],
            ],
          },
        ]),
      );
    });
    const found = await connectStore({ url: `${url}/prometheus/`, authorization: "Bearer x" })("up", MOMENTS);
    expect(found).toEqual([
      {
        labels: { job: "a" },
        samples: [
          [60, Number.POSITIVE_INFINITY],
          [120, 1.5],
        ],
      },
    ]);
    expect(seen).toEqual([["POST", "/prometheus/api/v1/query_range", "Bearer x"]]);
  });

  it("that sends more than the bound is not read to the end", async () => {
    const error = await failureOf(respond(200, matrix([]) + " ".repeat(5000)), { maxBytes: 1000 });
    expect(error).toBeInstanceOf(TooMuchError);
    expect(error.message).toBe("the response is longer than 1000 bytes");
  });

  it("that does not respond is given up", async () => {
    const error = await failureOf(() => {}, { timeoutSeconds: 0.2 });
    expect(error).toBeInstanceOf(TooMuchError);
    expect(error.message).toBe("no response within 0.2 s");
  });

  it("that stops in the middle of a response is given up", async () => {
    const error = await failureOf((_, response) => response.writeHead(200).write('{"status":'), {
      timeoutSeconds: 0.2,
    });
    expect(error.message).toBe("no response within 0.2 s");
  });

  it("does not get the credentials to another place", async () => {
    const seen: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      seen.push(request.headers);
      response.end(matrix([]));
    });
    const error = await failureOf(respond(307, "", { location: `${elsewhere}/api/v1/query_range` }), {
      authorization: "Bearer secret",
    });
    expect(error.message).not.toContain("secret");
    expect(seen).toEqual([]);
  });

  it.each([
    ["an error of Prometheus", 400, '{"status":"error","error":"parse error"}', "status 400: parse error"],
    ["a page", 502, "<html>Bad gateway</html>", "status 502: <html>Bad gateway</html>"],
    ["a page that says all is well", 200, "<html></html>", "expected the response of a range query"],
    ["another kind of result", 200, '{"data":{"resultType":"vector","result":[]}}', "got something else"],
  ])("that responds with %s fails in one line", async (_, status, body, message) => {
    const error = await failureOf(respond(status, body));
    expect(error.message).toContain(message);
    expect(error).not.toBeInstanceOf(TooMuchError);
  });

  it("that says that it is too much, says so", async () => {
    const body = '{"status":"error","error":"query processing would load too many samples into memory"}';
    expect(await failureOf(respond(422, body))).toBeInstanceOf(TooMuchError);
    expect(await failureOf(respond(422, '{"error":"many-to-many matching not allowed"}'))).not.toBeInstanceOf(
      TooMuchError,
    );
  });
});

describe("a long time", () => {
  const long: Moments = { startSeconds: 0, endSeconds: 60 * 999, stepSeconds: 60 };
  const seriesOver = ({ startSeconds, endSeconds, stepSeconds }: Moments) => {
    const samples: [number, number][] = [];
    for (let time = startSeconds; time <= endSeconds; time += stepSeconds) samples.push([time, 1]);
    return [{ labels: { client: "a" }, samples }];
  };

  it("is asked for in parts that are halved until they are carried, without a moment twice or left out", async () => {
    const asked: number[] = [];
    const [series] = await queryInParts(
      async (_, moments) => {
        const count = (moments.endSeconds - moments.startSeconds) / moments.stepSeconds + 1;
        asked.push(count);
        if (count > 300) throw new TooMuchError("too many samples");
        return seriesOver(moments);
      },
      "up",
      long,
    );
    expect(asked).toEqual([1000, 500, 250, 250, 250, 250]);
    expect(series?.samples.map(([time]) => time)).toEqual(Array.from({ length: 1000 }, (_, at) => at * 60));
  });

  it("is given up when even a short part is too much, and at once when something else is wrong", async () => {
    const refuse = async () => {
      throw new TooMuchError("too many samples");
    };
    await expect(queryInParts(refuse, "up", long)).rejects.toThrow("too many samples");
    let asked = 0;
    const fail = async () => {
      asked += 1;
      throw new Error("parse error");
    };
    await expect(queryInParts(fail, "up", long)).rejects.toThrow("parse error");
    expect(asked).toBe(1);
  });
});
