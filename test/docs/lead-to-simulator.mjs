// Loaded before a program of the docs: Intercom's host is the simulator, and ports are free ones.
import http from "node:http";
import https from "node:https";
import net from "node:net";

const simulator = new URL(process.env.SIMULATOR_URL);
const INTERCOM = /^api\.(eu\.|au\.)?intercom\.io$/;

const { request } = https;
https.request = (options, ...rest) => {
  if (!INTERCOM.test(options.hostname ?? options.host ?? "")) return request(options, ...rest);
  const { agent, agents, servername, ...others } = options;
  const here = {
    protocol: "http:",
    host: simulator.hostname,
    hostname: simulator.hostname,
    port: simulator.port,
  };
  return http.request({ ...others, ...here }, ...rest);
};

const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!INTERCOM.test(url.hostname)) return fetch(input, init);
  const here = new URL(`${url.pathname}${url.search}`, simulator);
  return input instanceof Request ? fetch(new Request(here, input), init) : fetch(here, init);
};

const { listen } = net.Server.prototype;
const toFreePort = (target) => {
  if (typeof target === "number") return 0;
  return typeof target === "object" && target?.port > 0 ? { ...target, port: 0 } : target;
};
net.Server.prototype.listen = function (target, ...rest) {
  return listen.call(this, toFreePort(target), ...rest);
};
