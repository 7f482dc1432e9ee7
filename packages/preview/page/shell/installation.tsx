import { Button, Toggletip } from "@grafana/ui";
import type { ReactElement } from "react";

function Steps(): ReactElement {
  return (
    <div className="installation">
      <p>
        This page draws the shipped dashboard files with Grafana's public components. It is a preview, not
        Grafana: spacing, tooltips and a few pictures differ.
      </p>
      <ol>
        <li>
          Write the files: <code>npx @intercom-telemetry/dashboards write monitoring</code>
        </li>
        <li>
          Copy <code>grafana/dashboards/*.json</code> to where Grafana's dashboard provider reads, or import
          each file under “Dashboards, New, Import”.
        </li>
        <li>
          Give <code>prometheus/*.yaml</code> to Prometheus: the dashboards use its recorded series.
        </li>
      </ol>
    </div>
  );
}

/** Says that this is a preview, and how to get the same into Grafana. */
export function Installation(): ReactElement {
  return (
    <Toggletip content={<Steps />} placement="bottom">
      <Button className="preview-badge" variant="primary" size="sm" fill="outline">
        Preview: how to get this into Grafana
      </Button>
    </Toggletip>
  );
}
