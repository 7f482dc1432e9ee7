import type { GrafanaTheme2 } from "@grafana/data";
import { createTheme } from "@grafana/data";
import { useEffect, useLayoutEffect, useMemo, useState } from "react";

const DARK_QUERY = "(prefers-color-scheme: dark)";

const FONT_FAMILY = "'Inter Variable', system-ui, sans-serif";

/** Hands the theme's colors to the style sheet. */
function publishColors({ colors, isDark, shape }: GrafanaTheme2): void {
  const values = {
    canvas: colors.background?.canvas,
    primary: colors.background?.primary,
    secondary: colors.background?.secondary,
    text: colors.text?.primary,
    "text-secondary": colors.text?.secondary,
    link: colors.text?.link,
    border: colors.border?.medium,
    accent: colors.primary.main,
    radius: shape.radius.default,
  };
  const { style } = document.documentElement;
  style.colorScheme = isDark ? "dark" : "light";
  for (const [name, value] of Object.entries(values)) style.setProperty(`--${name}`, value ?? null);
}

function usePrefersDark(): boolean {
  const query = useMemo(() => window.matchMedia(DARK_QUERY), []);
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const read = (): void => setDark(query.matches);
    query.addEventListener("change", read);
    return () => query.removeEventListener("change", read);
  }, [query]);
  return dark;
}

/** Grafana's theme: as the address says, else as the system prefers. */
export function useGrafanaTheme(chosen: "light" | "dark" | undefined): GrafanaTheme2 {
  const prefersDark = usePrefersDark();
  const mode = chosen ?? (prefersDark ? "dark" : "light");
  const theme = useMemo(
    () => createTheme({ colors: { mode }, typography: { fontFamily: FONT_FAMILY } }),
    [mode],
  );
  useLayoutEffect(() => publishColors(theme), [theme]);
  return theme;
}
