export type { Ledger } from "./ledger/ledger.ts";
export type { Breakage, LedgerEntry } from "./ledger/ledger-entry.ts";
export type { LatencyRange, SimulatedApp, SimulatorOptions } from "./options.ts";
export type { AnswerAction } from "./script/answer-action.ts";
export type { DeliveryAction, RateHeaderFault } from "./script/delivery-action.ts";
export { RATE_HEADER_FAULTS } from "./script/delivery-action.ts";
export type { FaultAction, FaultMatch, FaultRule, FaultScript } from "./script/fault-script.ts";
export type { Simulator } from "./simulator.ts";
export { startSimulator } from "./simulator.ts";
