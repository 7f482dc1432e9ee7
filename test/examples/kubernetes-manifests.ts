import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, parseAllDocuments } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The folder of the example, with a slash at its end. */
export const FOLDER: string = `${root}examples/kubernetes/`;

type Labels = Readonly<Record<string, string>>;

/** Any resource, as far as the checks read it. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly stringData?: Readonly<Record<string, string>>;
}

interface HttpProbe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

/** The one container of the Deployment. */
export interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly unknown[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe: HttpProbe;
  readonly readinessProbe: HttpProbe;
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly securityContext: unknown;
  readonly volumeMounts: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly: boolean;
  }[];
}

/** The Deployment of `serve`. */
export interface Deployment extends Resource {
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: unknown;
        readonly containers: readonly [Container];
        readonly volumes: readonly {
          readonly name: string;
          readonly configMap?: { readonly name: string };
          readonly secret?: { readonly secretName: string; readonly defaultMode: number };
        }[];
      };
    };
  };
}

/** What the kustomization puts together. */
export interface Kustomization {
  readonly namespace: string;
  readonly labels: readonly { readonly pairs: Labels }[];
  readonly resources: readonly string[];
  readonly configMapGenerator: readonly { readonly name: string; readonly files: readonly string[] }[];
}

/** The text of a file of the example. */
export const readText = (name: string): string => readFileSync(resolve(FOLDER, name), "utf8");

/** The documents of a file of the example. */
export const readResources = (name: string): readonly Resource[] =>
  parseAllDocuments(readText(name)).map((document) => document.toJS() as Resource);

/** The one document of a file of the example. */
export const readResource = <Kind extends Resource>(name: string): Kind => readResources(name)[0] as Kind;

/** The kustomization. */
export const KUSTOMIZATION: Kustomization = parse(readText("kustomization.yaml")) as Kustomization;

/** The Deployment, and its container. */
export const DEPLOYMENT: Deployment = readResource("serve-deployment.yaml");
export const CONTAINER: Container = DEPLOYMENT.spec.template.spec.containers[0];

/** Whether a selector selects by labels that a resource has. */
export const selects = (selector: Labels, labels: Labels = {}): boolean =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);
