/** Folder with the runbooks: beside `dist` in the package and beside `src` in the repository. */
export const RUNBOOKS_FOLDER: URL = new URL("../runbooks/", import.meta.url);
