/**
 * Nothing outlives the demo: not when it says so, and not when it is gone. Signals are the demo's to hear.
 *
 * @param cleanUp what there is to do before.
 */
export function endWithParent(cleanUp: () => Promise<void> = async () => {}): void {
  const end = (): void => void cleanUp().finally(() => process.exit());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", end);
  // It may have gone while this process was still being loaded.
  if (!process.connected) end();
}
