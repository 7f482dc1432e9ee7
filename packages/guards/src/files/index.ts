export { FileReadError, readRegularFile, readRegularFileSync } from "./read-regular-file.ts";
