// A program that knows nothing of us. It is told of its calls, and says when the last one has ended.
import axios from "axios";

const CONCURRENCY = 20;
const api = axios.create({ validateStatus: null });

const byAxios = ({ url, method, headers, body }) => api.request({ url, method, headers, data: body });
const byFetch = async ({ url, method, headers, body }) =>
  (await fetch(url, { method, headers, body })).text();

process.on("message", async (calls) => {
  const left = [...calls.entries()];
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [index, call] = next;
      await (index % 2 === 0 ? byAxios : byFetch)(call).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  process.send("done");
});
process.on("disconnect", () => process.exit());
