import { fileURLToPath } from "node:url";
import ts from "typescript";
import { compileSource } from "./compile-source.ts";

/** A method of an SDK's client, as its declarations describe it. */
export interface SdkMethod {
  /** From the client, e.g. `["contacts", "find"]`. */
  readonly path: readonly string[];
  readonly request: ts.Type | undefined;
  /** What the promise resolves with. */
  readonly result: ts.Type;
}

/** The methods of one SDK with the checker that knows their types. */
export interface SdkMethods {
  readonly checker: ts.TypeChecker;
  readonly methods: readonly SdkMethod[];
}

function isPublic(symbol: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (symbol.declarations ?? []).every(
    (declaration) => (ts.getCombinedModifierFlags(declaration) & hidden) === 0,
  );
}

/** Methods that return a promise, and those of the resources that getters return. */
function collect(checker: ts.TypeChecker, type: ts.Type, path: readonly string[]): SdkMethod[] {
  return checker.getPropertiesOfType(type).flatMap((symbol): SdkMethod[] => {
    if (!isPublic(symbol)) return [];
    const name = [...path, symbol.getName()];
    const own = checker.getTypeOfSymbol(symbol);
    const [signature] = own.getCallSignatures();
    if (!signature) return own.isClass() ? collect(checker, own, name) : [];
    const result = checker.getAwaitedType(signature.getReturnType());
    const [request] = signature.getParameters();
    if (!result) return [];
    const isRequest = request && request.getName() !== "requestOptions";
    return [{ path: name, result, request: isRequest ? checker.getTypeOfSymbol(request) : undefined }];
  });
}

/** Reads the methods of the package's `IntercomClient`. */
export function readSdkMethods(packageName: string): SdkMethods {
  const file = fileURLToPath(new URL("./sdk.mts", import.meta.url));
  const source = `import { IntercomClient } from "${packageName}"; export declare const client: IntercomClient;`;
  const { program, module } = compileSource(file, source);
  const checker = program.getTypeChecker();
  const symbol = module && checker.getSymbolAtLocation(module);
  const client = symbol && checker.getExportsOfModule(symbol).find(({ name }) => name === "client");
  if (!client) throw new Error(`${packageName}: no IntercomClient`);
  return { checker, methods: collect(checker, checker.getTypeOfSymbol(client), []) };
}
