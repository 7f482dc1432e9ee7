/** Values of `Intercom-Version` that Intercom knows. Source: its versioning page; `Unstable` is the older `Preview`. */
const KNOWN_VERSIONS: ReadonlySet<string> = new Set([
  "1.0",
  "1.1",
  "1.2",
  "1.3",
  "1.4",
  "2.0",
  "2.1",
  "2.2",
  "2.3",
  "2.4",
  "2.5",
  "2.6",
  "2.7",
  "2.8",
  "2.9",
  "2.10",
  "2.11",
  "2.12",
  "2.13",
  "2.14",
  "2.15",
  "2.16",
  "Preview",
  "Unstable",
]);

/** Whether a request may ask for this version. */
export function isKnownVersion(version: string): boolean {
  return KNOWN_VERSIONS.has(version);
}
