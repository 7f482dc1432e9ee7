import type { ChapterName } from "../story/chapters.ts";

/** Something that users of a service do; it may fail, that is the point. */
export interface Scenario {
  /** How often it is played, relative to the others. */
  readonly weight: number;
  /** The one chapter in which it is played. Default: all of them. */
  readonly only?: ChapterName;
  readonly play: () => Promise<unknown>;
}

/** Traffic of a service, running. */
export interface Traffic {
  /** Goes on with another chapter. */
  turnTo(chapter: ChapterName): void;
  /** Stops it; resolves when all that was begun has ended, resends included. */
  stop(): Promise<void>;
}

const SCENARIOS_PER_SECOND = 10;
/** Scenarios beyond this are left out: a machine that cannot keep up is to slow down, not to fall over. */
const MOST_IN_FLIGHT = 150;

function pick(scenarios: readonly Scenario[]): Scenario | undefined {
  let left = Math.random() * scenarios.reduce((sum, { weight }) => sum + weight, 0);
  return scenarios.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}

/** Plays scenarios at a steady pace. */
export function startTraffic(scenarios: readonly Scenario[], first: ChapterName): Traffic {
  const inFlight = new Set<Promise<unknown>>();
  const of = (chapter: ChapterName): readonly Scenario[] =>
    scenarios.filter(({ only = chapter }) => only === chapter);
  let current = of(first);
  const play = (): void => {
    const scenario = inFlight.size < MOST_IN_FLIGHT && pick(current);
    if (!scenario) return;
    const playing = scenario
      .play()
      .catch(() => {})
      .finally(() => inFlight.delete(playing));
    inFlight.add(playing);
  };
  const pace = setInterval(play, 1000 / SCENARIOS_PER_SECOND);
  return {
    turnTo(chapter) {
      current = of(chapter);
    },
    async stop() {
      clearInterval(pace);
      await Promise.all(inFlight);
    },
  };
}
