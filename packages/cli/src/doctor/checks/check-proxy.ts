import { describeProxy, listProxySettings, proxyFor } from "../../probe/proxy.ts";
import type { DoctorFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";

function judgeVerification(env: DoctorFacts["env"]): readonly Finding[] {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== "0") return [];
  return [
    {
      check: "proxy",
      status: "failed",
      summary: "NODE_TLS_REJECT_UNAUTHORIZED=0: certificates are not checked",
      cause: "Anyone who can respond in Intercom's place gets the token.",
      action: "Unset it, and give the proxy's certificate authority in NODE_EXTRA_CA_CERTS instead.",
    },
  ];
}

function describeRoute(baseUrl: URL, env: DoctorFacts["env"]): string {
  try {
    const proxy = proxyFor(baseUrl, env);
    return proxy ? `requests go through ${describeProxy(proxy)}` : "requests go directly";
  } catch {
    return "requests fail";
  }
}

/** Which proxy settings are active, and which way they send the requests. */
export function checkProxy({ baseUrl, env }: DoctorFacts): readonly Finding[] {
  const settings = [...listProxySettings(env)];
  const broken = settings.filter(([, proxy]) => proxy === undefined).map(([name]) => name);
  if (broken.length > 0) {
    const summary = `${broken.join(", ")}: not a URL`;
    const action = "Set it to http://host:port, or unset it.";
    return [{ check: "proxy", status: "failed", summary, action }, ...judgeVerification(env)];
  }
  const named = settings.map(([name, proxy]) => `${name}=${proxy ? describeProxy(proxy) : ""}`);
  const given = named.length > 0 ? `${named.join(", ")}: ` : "no proxy is set: ";
  const summary = `${given}${describeRoute(baseUrl, env)}`;
  return [{ check: "proxy", status: "ok", summary, details: { settings: named } }, ...judgeVerification(env)];
}
