/**
 * One value for all copies of a package in a process, ESM beside CJS, kept in the global symbol table. The name has
 * a version at its end, which changes with the shape of the value.
 */
export function sharedState<State extends object>(name: string, create: () => State): State {
  const key: unique symbol = Symbol.for(`@intercom-telemetry/${name}`);
  const holder = globalThis as { [key]?: State };
  holder[key] ??= create();
  return holder[key];
}
