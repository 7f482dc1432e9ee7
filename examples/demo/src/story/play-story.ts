import type { Simulator } from "@intercom-telemetry/simulator";
import { CHAPTERS, type Chapter, type ChapterName } from "./chapters.ts";
import { EVERYDAY_SCRIPT, OUTAGE_SCRIPT } from "./faults.ts";
import { OUTAGE_STATUS } from "./status-page.ts";

/** How the story is told. */
export interface StorySettings {
  readonly chapterSeconds: number;
  /** Token of the app, which is revoked for one chapter. */
  readonly token: string;
  /** Is told of each chapter when it begins. */
  readonly onChapter: (chapter: Chapter) => void;
}

function playIntercom(simulator: Simulator, name: ChapterName, token: string): void {
  simulator.setScript(name === "outage" ? OUTAGE_SCRIPT : EVERYDAY_SCRIPT);
  simulator.status.set(name === "outage" ? OUTAGE_STATUS : {});
  if (name === "revoked") simulator.revokeToken(token);
  else simulator.restoreToken(token);
}

/**
 * Plays one chapter after the other, and begins again after the last.
 *
 * @returns a function that stops it.
 */
export function playStory(
  simulator: Simulator,
  { chapterSeconds, token, onChapter }: StorySettings,
): () => void {
  let turn = 0;
  const next = (): void => {
    const chapter = CHAPTERS[turn % CHAPTERS.length];
    turn += 1;
    if (!chapter) return;
    playIntercom(simulator, chapter.name, token);
    onChapter(chapter);
  };
  next();
  const timer = setInterval(next, chapterSeconds * 1000);
  return () => clearInterval(timer);
}
