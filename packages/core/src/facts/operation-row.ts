import type { DocumentedOperation, ReplayHint } from "./operation.ts";

/** A row of the generated tables: what is as usual for the method is left out, which is nearly everything. */
export type OperationRow = readonly [
  method: string,
  template: string,
  unusual?: Partial<DocumentedOperation> | undefined,
];

function usualReplay(method: string): ReplayHint {
  if (method === "GET") return "safe";
  return method === "POST" ? "not_idempotent" : "idempotent_by_method";
}

/** The operation that a row stands for. */
export function toOperation([method, template, unusual]: OperationRow): DocumentedOperation {
  return {
    method,
    template,
    replay: usualReplay(method),
    response: "json",
    successStatus: 200,
    ...unusual,
  };
}
