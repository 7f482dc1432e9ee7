import { type Random, randomHex } from "../random.ts";
import { createJobQueue, type JobQueue } from "./job-queue.ts";
import { createRecordStore, type RecordStore } from "./record-store.ts";
import type { Company, Contact, Conversation, Tag } from "./records.ts";
import { createScroll, type Scroll } from "./scroll.ts";

/** All that one app's workspace remembers. */
export interface Workspace {
  readonly contacts: RecordStore<Contact>;
  /** Id of a merged contact to the id of the one it went into. */
  readonly mergedInto: Map<string, string>;
  readonly conversations: RecordStore<Conversation>;
  readonly companies: RecordStore<Company>;
  readonly tags: RecordStore<Tag>;
  readonly scroll: Scroll;
  readonly contentExports: JobQueue;
  readonly reportingExports: JobQueue;
  /** 24 hexadecimal digits, as ids of contacts and companies are. */
  nextHexId(): string;
  /** Decimal digits, as ids of conversations and tags are. */
  nextNumericId(): string;
}

/** Settings of a workspace. */
export interface WorkspaceSettings {
  readonly indexLagSeconds: number;
  readonly scrollLifeSeconds: number;
  readonly exportSeconds: number;
}

/** A workspace without data. */
export function createWorkspace(settings: WorkspaceSettings, random: Random): Workspace {
  const lagSeconds = settings.indexLagSeconds;
  let lastNumericId = 1000;
  return {
    contacts: createRecordStore<Contact>({
      lagSeconds,
      keys: {
        // Several leads may share an address, so only users occupy it.
        email: (contact) => (contact.role === "user" ? contact.email?.toLowerCase() : undefined),
        external_id: (contact) => contact.external_id,
      },
    }),
    mergedInto: new Map(),
    conversations: createRecordStore<Conversation>({ lagSeconds }),
    companies: createRecordStore<Company>({
      lagSeconds,
      keys: { company_id: (company) => company.company_id, name: (company) => company.name },
    }),
    tags: createRecordStore<Tag>({ lagSeconds, keys: { name: (tag) => tag.name } }),
    scroll: createScroll(settings.scrollLifeSeconds),
    contentExports: createJobQueue(1, settings.exportSeconds),
    reportingExports: createJobQueue(5, settings.exportSeconds),
    nextHexId: () => randomHex(random, 24),
    nextNumericId: () => String(++lastNumericId),
  };
}
