// Loaded last: prints what the page of metrics says once the program has done its work. It may end before there is one.
const { isMainThread } = require("node:worker_threads");

const PAGE = `http://127.0.0.1:${process.env.INTERCOM_TELEMETRY_PORT}/metrics`;
const COUNTED = /^intercom_client_requests_total\{.*method="(\w+)",url_template="([^"]+)".*\} (\d+)$/;

async function readPage(patience = 200) {
  try {
    return await (await fetch(PAGE)).text();
  } catch (error) {
    if (patience === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return readPage(patience - 1);
  }
}

async function printPage() {
  for (const line of (await readPage()).split("\n")) {
    const [, method, template, count = 0] = COUNTED.exec(line) ?? [];
    for (let each = 0; each < Number(count); each += 1) console.log(`counted: ${method} ${template}`);
  }
}

// The thread of Node's module hooks runs this file, too.
if (isMainThread) process.once("beforeExit", printPage);
