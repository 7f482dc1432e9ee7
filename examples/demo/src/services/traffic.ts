import type { ChapterName } from "../story/chapters.ts";

/** Something that users of a service do; it may fail, that is the point. */
export interface Scenario {
  /** How often it is played, relative to the others; or once, when its chapter begins. */
  readonly weight: number | "once";
  /** The one chapter in which it is played. Default: all of them. */
  readonly only?: ChapterName;
  readonly play: () => Promise<unknown>;
}

/** Traffic of a service, running. */
export interface Traffic {
  /** Switches to another chapter. */
  turnTo(chapter: ChapterName): void;
  /** Stops it; resolves when all that was begun has ended, retries included. */
  stop(): Promise<void>;
}

const SCENARIOS_PER_SECOND = 10;
/** Scenarios beyond this are left out: a machine that cannot keep up is to slow down, not to fall over. */
const MOST_IN_FLIGHT = 150;

function pick(scenarios: readonly Scenario[]): Scenario | undefined {
  const weightOf = ({ weight }: Scenario): number => (weight === "once" ? 0 : weight);
  let left = Math.random() * scenarios.reduce((sum, scenario) => sum + weightOf(scenario), 0);
  return scenarios.find((scenario) => {
    left -= weightOf(scenario);
    return left < 0;
  });
}

/** Plays scenarios at a steady pace. */
export function startTraffic(scenarios: readonly Scenario[], first: ChapterName): Traffic {
  const inFlight = new Set<Promise<unknown>>();
  let current: readonly Scenario[] = [];
  const play = (scenario: Scenario | undefined): void => {
    if (!scenario || inFlight.size >= MOST_IN_FLIGHT) return;
    const playing = scenario
      .play()
      .catch(() => {})
      .finally(() => inFlight.delete(playing));
    inFlight.add(playing);
  };
  const turnTo = (chapter: ChapterName): void => {
    current = scenarios.filter(({ only = chapter }) => only === chapter);
    current.filter(({ weight }) => weight === "once").forEach(play);
  };
  turnTo(first);
  const pace = setInterval(() => play(pick(current)), 1000 / SCENARIOS_PER_SECOND);
  return {
    turnTo,
    async stop() {
      clearInterval(pace);
      await Promise.all(inFlight);
    },
  };
}
