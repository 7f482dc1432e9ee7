/** Something that users of a service do; it may fail, that is the point. */
export interface Scenario {
  /** How often it is played, relative to the others. */
  readonly weight: number;
  readonly play: () => Promise<unknown>;
}

const CALLS_PER_SECOND = 16;
const BURST_EVERY_SECONDS = 5;
const BURST_CALLS = 40;
/** Calls beyond this are left out: a machine that cannot keep up is to slow down, not to fall over. */
const MOST_IN_FLIGHT = 150;

function pick(scenarios: readonly Scenario[]): Scenario | undefined {
  let left = Math.random() * scenarios.reduce((sum, { weight }) => sum + weight, 0);
  return scenarios.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}

/**
 * Plays scenarios at a steady pace, with a burst now and then.
 *
 * @returns a function that stops it and resolves when all that was begun has ended, resends included.
 */
export function startTraffic(scenarios: readonly Scenario[]): () => Promise<void> {
  const inFlight = new Set<Promise<unknown>>();
  const play = (): void => {
    const scenario = inFlight.size < MOST_IN_FLIGHT && pick(scenarios);
    if (!scenario) return;
    const playing = scenario
      .play()
      .catch(() => {})
      .finally(() => inFlight.delete(playing));
    inFlight.add(playing);
  };
  const pace = setInterval(play, 1000 / CALLS_PER_SECOND);
  const bursts = setInterval(() => {
    for (let call = 0; call < BURST_CALLS; call++) play();
  }, BURST_EVERY_SECONDS * 1000);
  return async () => {
    clearInterval(pace);
    clearInterval(bursts);
    await Promise.all(inFlight);
  };
}
