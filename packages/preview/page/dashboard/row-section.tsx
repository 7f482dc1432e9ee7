import { Icon } from "@grafana/ui";
import type { ReactElement } from "react";
import { useState } from "react";
import type { RowJson } from "../model/dashboard.ts";
import type { Shared } from "./grid.tsx";
import { Grid } from "./grid.tsx";

/** A line that shows its panels when it is opened; their queries run only then. */
export function RowSection({ row, ...shared }: Shared & { readonly row: RowJson }): ReactElement {
  const [open, setOpen] = useState(!row.collapsed);
  return (
    <section className="row" aria-label={row.title}>
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? "angle-down" : "angle-right"} />
          {row.title}
          <span className="row-count">{row.panels.length} panels</span>
        </button>
      </h2>
      {open && <Grid panels={row.panels} {...shared} />}
    </section>
  );
}
