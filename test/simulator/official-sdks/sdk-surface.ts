const NOT_CALLS = new Set(["constructor", "fetch"]);

/** The methods that a client of an SDK has at run time, in the way a caller writes them: `contacts.find`. */
export function methodsOf(client: object, path: readonly string[] = []): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(client))).flatMap(
    ([name, { get, value }]) => {
      if (get) return methodsOf(get.call(client), [...path, name]);
      const isCall = typeof value === "function" && !name.startsWith("_") && !NOT_CALLS.has(name);
      return isCall ? [[...path, name].join(".")] : [];
    },
  );
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Calls a method by its name. */
export function callMethod(client: object, name: string, args: readonly unknown[]): Promise<unknown> {
  const path = name.split(".");
  const owner = path.slice(0, -1).reduce<object>((each, key) => Reflect.get(each, key), client);
  const method = Reflect.get(owner, path.at(-1) ?? "") as Method;
  return method.apply(owner, [...args]);
}
