import { NODE_VERSIONS, type Row } from "../rows.ts";

/** What a program calls Intercom through. */
export const THROUGH = ["axios", "SDK 5", "SDK 6", "SDK 7", "fetch"] as const;
export type Through = (typeof THROUGH)[number];

/** What is loaded before the program, in this order. */
export const BEFORE = ["register", "register, auto", "auto, register"] as const;
export type Before = (typeof BEFORE)[number];

/** Versions of OpenTelemetry that a project has. */
export interface Setup {
  readonly name: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly nodes: readonly string[];
  readonly before: readonly Before[];
  /** One program for each, or one that calls through all of them. */
  readonly apart: boolean;
}

/** The last versions whose synchronous module hooks break programs, beside those of the other matrix. */
const NODES: readonly string[] = ["20.6.0", "22.22.2", "22", "24.11.0", "24", "26"];
const NEWER_NODES = NODE_VERSIONS.filter((version) => !version.startsWith("20."));

/** The oldest `@opentelemetry/instrumentation` that is supported, then the auto-instrumentations of either line. */
export const SETUPS: readonly Setup[] = [
  {
    name: "instrumentation 0.203",
    packages: { "@opentelemetry/api": "1.9.0", "@opentelemetry/instrumentation": "0.203.0" },
    nodes: NODES,
    before: ["register"],
    apart: true,
  },
  {
    name: "auto-instrumentations 0.77",
    packages: {
      "@opentelemetry/api": "1.9.1",
      "@opentelemetry/instrumentation": "0.219.0",
      "@opentelemetry/auto-instrumentations-node": "0.77.0",
    },
    nodes: NODE_VERSIONS,
    before: ["register, auto", "auto, register"],
    apart: false,
  },
  {
    name: "auto-instrumentations 0.82",
    packages: {
      "@opentelemetry/api": "1.10.0",
      "@opentelemetry/instrumentation": "0.300.0",
      "@opentelemetry/auto-instrumentations-node": "0.82.0",
    },
    // Its SDK asks for Node 22.15.
    nodes: NEWER_NODES,
    before: ["register, auto", "auto, register"],
    apart: false,
  },
];

/** One run of one program. */
export interface ZeroCodeRow {
  readonly setup: string;
  readonly node: string;
  readonly module: Row["module"];
  readonly before: Before;
  readonly through: readonly Through[];
}

export function createZeroCodeRows(setups: readonly Setup[]): ZeroCodeRow[] {
  return setups.flatMap(({ name, nodes, before: orders, apart }) =>
    nodes.flatMap((node) =>
      (["esm", "cjs"] as const).flatMap((module) =>
        orders.flatMap((before) =>
          (apart ? THROUGH.map((each) => [each]) : [THROUGH]).map((through) => ({
            setup: name,
            node,
            module,
            before,
            through,
          })),
        ),
      ),
    ),
  );
}
