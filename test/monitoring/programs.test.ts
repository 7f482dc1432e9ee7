import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { deriveSources, GENERATIONS, prometheusVersion } from "@intercom-telemetry/local-prometheus";
import { describe, expect, it } from "vitest";
import { findPrograms, needsPrograms } from "./support/find-programs.ts";

describe("sources of another suite", () => {
  it("keep the mirror and the keys of the entry that names our suite, and leave out the others", () => {
    const own = `Types: deb
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;
    expect(deriveSources("debian.sources", own, "bookworm", "forky")).toBe(`Types: deb
URIs: http://mirror.example/debian
Suites: forky
Components: main
Signed-By: /usr/share/keyrings/debian.gpg
`);
  });

  it("are read from lines too", () => {
    const own = `# deb http://old.example/debian bookworm main
deb [signed-by=/a.gpg] http://mirror.example/debian bookworm main contrib
deb http://mirror.example/debian bookworm-updates main
deb-src http://mirror.example/debian bookworm main
`;
    expect(deriveSources("sources.list", own, "bookworm", "sid")).toBe(
      "deb [signed-by=/a.gpg] http://mirror.example/debian sid main contrib\n",
    );
  });

  it("do not exist where our suite is not named, or is switched off", () => {
    const off = "Enabled: no\nTypes: deb\nURIs: http://a.example\nSuites: bookworm\nComponents: main\n";
    expect(deriveSources("a.sources", off, "bookworm", "sid")).toBeUndefined();
    expect(
      deriveSources("a.list", "deb http://a.example nodistro main\n", "bookworm", "sid"),
    ).toBeUndefined();
  });
});

describe.each(GENERATIONS)("%s programs", (generation) => {
  const folder = findPrograms(generation);

  it.skipIf(folder === undefined)(
    needsPrograms(generation, "have the version that they are kept under"),
    () => {
      for (const program of ["prometheus", "promtool"]) {
        const { stdout, stderr } = spawnSync(join(folder ?? "", program), ["--version"], {
          encoding: "utf8",
        });
        expect(`${stdout}${stderr}`).toContain(`version ${prometheusVersion(generation)}.`);
      }
    },
  );
});
