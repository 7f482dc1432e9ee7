/** The chapters of the story; the services and the simulated Intercom play their parts. */
export type ChapterName = "quiet" | "campaign" | "outage" | "revoked" | "bad-deploy";

/** A part of the story that the demo tells again and again. */
export interface Chapter {
  readonly name: ChapterName;
  /** What happens, for people. */
  readonly text: string;
}

/** In the order in which they are played. */
export const CHAPTERS: readonly Chapter[] = [
  { name: "quiet", text: "an ordinary day, with the mistakes and faults that are always there" },
  { name: "campaign", text: "crm-sync updates customers for a campaign and uses up the quota of all" },
  { name: "outage", text: "Intercom responds with 5xx, and its status page says so" },
  { name: "revoked", text: "the token has been revoked: everything gets a 401" },
  { name: "bad-deploy", text: "a new version of crm-sync sends requests that Intercom refuses with 422" },
];

const CHAPTER_SECONDS = 36;

/** How long a chapter lasts, unless somebody says otherwise: short enough that a short run tells all of them once. */
export function usualChapterSeconds(forSeconds: number): number {
  return Math.min(CHAPTER_SECONDS, forSeconds / CHAPTERS.length);
}

/** `chapter 2 of 5, campaign: ...` */
export function describeChapter(chapter: Chapter): string {
  const number = CHAPTERS.indexOf(chapter) + 1;
  return `chapter ${number} of ${CHAPTERS.length}, ${chapter.name}: ${chapter.text}`;
}
