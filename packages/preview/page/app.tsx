import { ThemeContext } from "@grafana/data";
import { PortalContainer } from "@grafana/ui";
import type { ReactElement } from "react";
import { DashboardView } from "./dashboard/dashboard-view.tsx";
import { useViewState } from "./location/use-view-state.ts";
import type { DashboardJson } from "./model/dashboard.ts";
import { Header } from "./shell/header.tsx";
import { useGrafanaTheme } from "./shell/use-theme.ts";

/** The page: the dashboard that the address names, else the first. */
export function App({ dashboards }: { readonly dashboards: readonly DashboardJson[] }): ReactElement {
  const [state, navigate] = useViewState();
  const theme = useGrafanaTheme(state.theme);
  const dashboard = state.uid === undefined ? dashboards[0] : dashboards.find(({ uid }) => uid === state.uid);
  return (
    <ThemeContext.Provider value={theme}>
      {dashboard === undefined ? (
        <main>
          <p className="notice">
            No dashboard has the uid “{state.uid}”. <a href="/">Show the first one.</a>
          </p>
        </main>
      ) : (
        <>
          <Header dashboards={dashboards} dashboard={dashboard} state={state} navigate={navigate} />
          <main>
            <DashboardView key={dashboard.uid} dashboard={dashboard} state={state} navigate={navigate} />
          </main>
        </>
      )}
      <PortalContainer />
    </ThemeContext.Provider>
  );
}
