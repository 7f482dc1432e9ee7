import { Button, useTheme2 } from "@grafana/ui";
import type { MouseEvent, ReactElement } from "react";
import type { Navigate } from "../location/use-view-state.ts";
import type { ViewState } from "../location/view-state.ts";
import { formatViewState } from "../location/view-state.ts";
import type { DashboardJson } from "../model/dashboard.ts";
import { Markdown } from "../panel/markdown.tsx";
import { Installation } from "./installation.tsx";

/** What a link to another dashboard takes along, as the dashboard's own links say. */
function linkTo(target: DashboardJson, from: DashboardJson, state: ViewState): ViewState {
  const link = from.links.find(
    ({ type, tags }) => type === "dashboards" && tags.some((tag) => target.tags.includes(tag)),
  );
  const { from: start, to: end } = link?.keepTime ? state : { from: undefined, to: undefined };
  const variables = link?.includeVars ? state.variables : {};
  return { ...state, uid: target.uid, from: start, to: end, variables, viewPanel: undefined };
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

interface HeaderProps {
  readonly dashboards: readonly DashboardJson[];
  readonly dashboard: DashboardJson;
  readonly state: ViewState;
  readonly navigate: Navigate;
}

function DashboardLinks({ dashboards, dashboard, state, navigate }: HeaderProps): ReactElement {
  return (
    <nav aria-label="Dashboards">
      {dashboards.map((target) => {
        const next = linkTo(target, dashboard, state);
        return (
          <a
            key={target.uid}
            href={formatViewState(next)}
            aria-current={target.uid === dashboard.uid ? "page" : undefined}
            onClick={(event) => {
              if (!isPlainClick(event)) return;
              event.preventDefault();
              navigate(next);
            }}
          >
            {target.title.split("/").at(-1)?.trim()}
          </a>
        );
      })}
    </nav>
  );
}

/** Title, links between the dashboards, theme, and the way into Grafana. */
export function Header(props: HeaderProps): ReactElement {
  const { dashboard, navigate } = props;
  const theme = useTheme2();
  const other = theme.isDark ? "light" : "dark";
  return (
    <header className="header">
      <div className="header-title">
        <h1>{dashboard.title}</h1>
        <Installation />
        <Button
          variant="secondary"
          size="sm"
          fill="text"
          aria-label={`Use the ${other} theme`}
          onClick={() => navigate({ theme: other })}
        >
          {other === "light" ? "Light" : "Dark"}
        </Button>
      </div>
      {dashboard.description !== undefined && (
        <Markdown className="header-description" text={dashboard.description} />
      )}
      <DashboardLinks {...props} />
    </header>
  );
}
