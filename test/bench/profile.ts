import { LOAD_VARIANTS, type LoadVariantName } from "./load-variants.ts";
import { withServer } from "./measure-load.ts";
import { OWNERS, type Owner } from "./owners.ts";
import { median } from "./statistics.ts";
import type { Bench } from "./workers.ts";

/** Who the time of a call on loopback goes to. */
export interface Profile {
  readonly title: string;
  /** Of one call, medians over fresh processes. */
  readonly microseconds: Readonly<Record<Owner, number>>;
}

const PROFILED: readonly LoadVariantName[] = ["bare", "byHand", "both", "peers"];

/** Profiles the variants in turns, each sample in a fresh process. */
export async function measureProfiles(bench: Bench, samples: number): Promise<Profile[]> {
  const seen = new Map<LoadVariantName, Profile["microseconds"][]>(PROFILED.map((name) => [name, []]));
  await withServer(bench, (urls) => {
    for (let sample = 0; sample < samples; sample += 1) {
      for (const [name, list] of seen) list.push(bench.run("profile", name, ...urls));
    }
  });
  return [...seen].map(([name, list]) => ({
    title: name === "bare" ? "bare axios" : LOAD_VARIANTS[name].title,
    microseconds: Object.fromEntries(
      OWNERS.map((owner) => [owner, median(list.map((each) => each[owner]))]),
    ) as Record<Owner, number>,
  }));
}
