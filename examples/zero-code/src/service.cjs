const { createServer } = require("node:http");
const axios = require("axios");

const baseUrl = process.env.INTERCOM_URL ?? "https://api.intercom.io";
const headers = { Authorization: `Bearer ${process.env.INTERCOM_ACCESS_TOKEN}` };

const server = createServer(async ({ url }, response) => {
  try {
    const { data } = await axios.get(`${baseUrl}/contacts/${url.slice(1)}`, { headers });
    response.end(data.email);
  } catch (error) {
    response.writeHead(error.response?.status ?? 502).end();
  }
});

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.once("SIGTERM", () => server.close());
