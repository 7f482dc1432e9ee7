import { createQueue } from "../queue.ts";

/** Requests of one window, or of one process in it. */
export interface QuotaUse {
  /** Within the quota. */
  readonly used: number;
  /** One too many: each got a 429. */
  readonly refused: number;
}

/** One rate-limit window of one app in which requests came. */
export interface QuotaWindow extends QuotaUse {
  /** Name of the app. */
  readonly app: string;
  readonly startEpochSeconds: number;
  readonly endEpochSeconds: number;
  readonly limit: number;
  /** By the value of the header `x-simulator-process`; requests without it are in the totals only. */
  readonly processes: Readonly<Record<string, QuotaUse>>;
}

interface Count {
  used: number;
  refused: number;
}

interface OpenWindow extends Count {
  readonly index: number;
  readonly processes: Map<string, Count>;
}

/** Counts the requests of one app by window and process. */
export interface QuotaWindows {
  count(windowIndex: number, exceeded: boolean, process: string | undefined): void;
  /** Oldest first, the current one included. */
  list(): QuotaWindow[];
}

const MOST_WINDOWS = 1000;
const MOST_PROCESSES = 1000;

function add(count: Count, exceeded: boolean): void {
  if (exceeded) count.refused++;
  else count.used++;
}

/** @param settings of the app whose requests are counted. */
export function createQuotaWindows(settings: {
  readonly app: string;
  readonly limit: number;
  readonly windowSeconds: number;
}): QuotaWindows {
  const { app, limit, windowSeconds } = settings;
  const windows = createQueue<OpenWindow>();
  let current: OpenWindow | undefined;

  function open(index: number): OpenWindow {
    const opened: OpenWindow = { index, used: 0, refused: 0, processes: new Map() };
    windows.push(opened);
    if (windows.size > MOST_WINDOWS) windows.shift();
    return opened;
  }

  return {
    count(windowIndex, exceeded, process) {
      if (current?.index !== windowIndex) current = open(windowIndex);
      add(current, exceeded);
      if (process === undefined) return;
      let own = current.processes.get(process);
      if (!own) {
        if (current.processes.size >= MOST_PROCESSES) return;
        own = { used: 0, refused: 0 };
        current.processes.set(process, own);
      }
      add(own, exceeded);
    },
    list: () =>
      windows.toArray().map(({ index, used, refused, processes }) => ({
        app,
        startEpochSeconds: index * windowSeconds,
        endEpochSeconds: (index + 1) * windowSeconds,
        limit,
        used,
        refused,
        processes: Object.fromEntries([...processes].map(([name, count]) => [name, { ...count }])),
      })),
  };
}
