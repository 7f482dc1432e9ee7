export type { JsonObject } from "./json.ts";
export { isJsonObject, parseJson, parseJsonObject } from "./json.ts";
