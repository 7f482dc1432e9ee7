/** Path and query of a request target, which proxies send as an absolute URL. */
export function splitTarget(target: string): readonly [path: string, query: string] {
  const relative = target.replace(/^https?:\/\/[^/?]*/i, "");
  const mark = relative.indexOf("?");
  return mark < 0 ? [relative, ""] : [relative.slice(0, mark), relative.slice(mark + 1)];
}
