import logUpdate from "log-update";
import { describeView } from "./lines.ts";
import type { ServiceView } from "./service-view.ts";
import { drawTables } from "./table.ts";

/** Where the state of the demo is shown while it runs. */
export interface Screen {
  /** How often there is something new to show. */
  readonly everySeconds: number;
  show(views: readonly ServiceView[], seconds: number): void;
  /** Leaves the last state standing. */
  close(): void;
}

/** A table that is drawn over in a terminal; anywhere else, lines. */
export function openScreen(isTerminal: boolean): Screen {
  if (isTerminal) {
    return {
      everySeconds: 1,
      show: (views, seconds) => logUpdate(drawTables(views, seconds)),
      close: () => logUpdate.done(),
    };
  }
  return {
    everySeconds: 2,
    show: (views, seconds) => {
      for (const view of views) console.log(describeView(view, seconds));
    },
    close: () => {},
  };
}
