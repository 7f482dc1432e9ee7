import { STATUS_CODES } from "node:http";

/** A code as long as an attack; nothing of it may become a label. */
export const LONG_CODE: string = "overlong_".repeat(556).slice(0, 5000);

/** The page of a gateway, or of a web framework for 500. */
export function htmlPage(status: number): string {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
}

/** How object storage refuses a signed address that has run out. */
export const XML_REFUSAL =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';

/** JSON that ends in the middle of a word: of an error list for a failure, of an object for a success. */
export function cutJson(status: number, requestId: string): string {
  return status < 400
    ? `{"type":"list","data":[{"type":"contact","id":"${requestId}","na`
    : `{"type":"error.list","request_id":"${requestId}","errors":[{"co`;
}

/** An error list with a message that is not UTF-8 (0xff and a cut two-byte sequence). */
export function invalidUtf8(requestId: string, code: string | undefined): Buffer {
  return Buffer.concat([
    Buffer.from(`{"type":"error.list","request_id":"${requestId}","errors":[{"code":"${code}","message":"`),
    Buffer.from([0x41, 0xff, 0xc3]),
    Buffer.from('"}]}'),
  ]);
}

/** An error list of at least this many bytes. */
export function oversizedList(requestId: string, code: string | undefined, bytes: number): string {
  const entry = { code, message: "x".repeat(bytes) };
  return JSON.stringify({ type: "error.list", request_id: requestId, errors: [entry] });
}
