/** Writes sets of files into a folder, one after the other: `write-worker.ts <folder> <name> <count>`. */
import { writeFiles } from "../../packages/dashboards/src/write/write-files.ts";

const [folder = "", name = "", count = "0"] = process.argv.slice(2);
const paths = ["a/one.yaml", "b/two.yaml", "three.yaml"];
for (let index = 0; index < Number(count); index += 1) {
  writeFiles(
    folder,
    paths.map((path) => ({ path, content: `${name} ${path} ${index}\n` })),
  );
}
