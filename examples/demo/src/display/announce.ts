import type { Stage } from "../stage.ts";

/** Says where to look, the dashboards first. */
export function announce({ simulator, services, store, monitoring }: Stage): void {
  if (monitoring instanceof Error) console.log(`No dashboards: ${monitoring.message}`);
  else if (monitoring) {
    const { dashboards, rules, alertmanager, probe } = monitoring.addresses;
    console.log(`Dashboards: ${dashboards}`);
    console.log(
      "  the shipped Grafana dashboards, drawn live by a preview; the thirty days before are made up",
    );
    console.log(`The shipped rules: ${rules}`);
    console.log(`Alertmanager, with the shipped routes: ${alertmanager}/#/alerts`);
    console.log(`intercom-telemetry serve: ${probe}`);
  }
  console.log(`What really goes over the wire: ${simulator.url}/__simulator/ledger`);
  if (store) console.log(`All services send their metrics over OTLP to VictoriaMetrics: ${store.url}/vmui`);
  else for (const { name, metricsUrl } of services) console.log(`${name}: ${metricsUrl}`);
}
