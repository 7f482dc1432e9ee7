import logUpdate from "log-update";
import { type Chapter, describeChapter } from "../story/chapters.ts";
import { describeView } from "./lines.ts";
import type { ServiceView } from "./service-view.ts";
import { drawTables } from "./table.ts";

/** Where the state of the demo is shown while it runs. */
export interface Screen {
  /** How often there is something new to show. */
  readonly everySeconds: number;
  /** A chapter of the story has begun. */
  turnTo(chapter: Chapter): void;
  show(views: readonly ServiceView[], seconds: number): void;
  /** Leaves the last state standing. */
  close(): void;
}

/** A table that is drawn over in a terminal; anywhere else, lines. */
export function openScreen(isTerminal: boolean): Screen {
  if (isTerminal) {
    let chapterLine = "";
    return {
      everySeconds: 1,
      turnTo: (chapter) => {
        chapterLine = describeChapter(chapter);
      },
      show: (views, seconds) => logUpdate(`${chapterLine}\n${drawTables(views, seconds)}`),
      close: () => logUpdate.done(),
    };
  }
  return {
    everySeconds: 2,
    turnTo: (chapter) => console.log(describeChapter(chapter)),
    show: (views, seconds) => {
      for (const view of views) console.log(describeView(view, seconds));
    },
    close: () => {},
  };
}
