import { posix } from "node:path";

const REPOSITORY = "https://github.com/intercom-telemetry/intercom-telemetry";
const SITE = "packages/site";

/**
 * A link as the site needs it. Pages link to files of the repository by relative paths, which GitHub follows; on the
 * site those lead to GitHub.
 *
 * @param href as the page has it.
 * @param page path of the page within the site, such as `start/axios.md`.
 * @returns the address in the repository, or `undefined` for a link that stays on the site.
 */
export function repositoryLink(href: string, page: string): string | undefined {
  if (/^([a-z]+:|#|\/)/.test(href)) return undefined;
  const path = posix.normalize(posix.join(SITE, posix.dirname(page), href));
  return path.startsWith(`${SITE}/`) ? undefined : `${REPOSITORY}/blob/main/${path}`;
}
