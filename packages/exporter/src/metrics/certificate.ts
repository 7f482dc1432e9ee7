import { X509Certificate } from "node:crypto";

/** Why a certificate is not valid now; `undefined` when it is. A client would only say that the handshake failed. */
export function findCertificateProblem(pem: string): string | undefined {
  const nowMs = Date.now();
  const { validFrom, validTo } = new X509Certificate(pem);
  if (Date.parse(validTo) < nowMs) return `the certificate of the metrics has expired (${validTo})`;
  if (Date.parse(validFrom) > nowMs) return `the certificate of the metrics is not valid yet (${validFrom})`;
  return undefined;
}
