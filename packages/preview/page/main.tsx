import "./style.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import type { DashboardJson } from "./model/dashboard.ts";

/** Grafana's components measure their strings: the font has to be there before them. */
const FONT = "14px 'Inter Variable'";

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no element with the id root");

const [dashboards] = await Promise.all([
  fetch("/dashboards.json").then((response) => response.json() as Promise<readonly DashboardJson[]>),
  document.fonts.load(FONT),
]);
createRoot(root).render(<App dashboards={dashboards} />);
