export { durationSeconds, formatDuration, parseDurationSeconds } from "./duration.ts";
