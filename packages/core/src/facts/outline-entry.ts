/**
 * Reads an entry of an outline, as the generated tables have it: a name, and behind it as JSON what is unusual about
 * it, where there is anything: `GET`, `POST{"successStatus":201}`.
 */
export function readEntry<Unusual extends object>(entry: string): readonly [name: string, unusual?: Unusual] {
  const at = entry.indexOf("{");
  return at === -1 ? [entry] : [entry.slice(0, at), JSON.parse(entry.slice(at)) as Unusual];
}
