import { createLaggingView } from "./lagging-view.ts";

/** Records of one kind by id, oldest first. Records are never changed, only replaced. */
export interface RecordStore<T extends { readonly id: string }> {
  get(id: string): T | undefined;
  /** By a unique key other than the id. */
  findBy(key: string, value: string): T | undefined;
  /** Adds the record or replaces the one with its id. */
  put(record: T, epochSeconds: number): void;
  remove(id: string, epochSeconds: number): void;
  all(): T[];
  /** What searches see: writes appear there after the lag. */
  searchable(epochSeconds: number): T[];
}

/** Settings of a store. */
export interface RecordStoreSettings<T> {
  readonly lagSeconds: number;
  /** Unique keys, by name. */
  readonly keys?: Readonly<Record<string, (record: T) => string | null | undefined>>;
}

/** A soak test must not fill the memory: beyond this the oldest records go. */
const MOST_RECORDS = 100_000;

/** Creates an empty store. */
export function createRecordStore<T extends { readonly id: string }>(
  settings: RecordStoreSettings<T>,
): RecordStore<T> {
  const records = new Map<string, T>();
  const view = createLaggingView<T>(settings.lagSeconds, MOST_RECORDS);
  const indexes = Object.entries(settings.keys ?? {}).map(([name, read]) => ({
    name,
    read,
    ids: new Map<string, string>(),
  }));
  const byName = new Map(indexes.map((index) => [index.name, index]));

  function unlink(record: T): void {
    for (const { read, ids } of indexes) {
      const value = read(record);
      if (value && ids.get(value) === record.id) ids.delete(value);
    }
  }

  function remove(id: string, epochSeconds: number): void {
    const record = records.get(id);
    if (!record) return;
    unlink(record);
    records.delete(id);
    view.write(id, undefined, epochSeconds);
  }

  return {
    get: (id) => records.get(id),
    findBy(key, value) {
      const id = byName.get(key)?.ids.get(value);
      return id === undefined ? undefined : records.get(id);
    },
    put(record, epochSeconds) {
      const previous = records.get(record.id);
      if (previous) unlink(previous);
      records.set(record.id, record);
      for (const { read, ids } of indexes) {
        const value = read(record);
        if (value && !ids.has(value)) ids.set(value, record.id);
      }
      view.write(record.id, record, epochSeconds);
      const [oldest] = records.keys();
      if (records.size > MOST_RECORDS && oldest !== undefined) remove(oldest, epochSeconds);
    },
    remove,
    all: () => [...records.values()],
    searchable: (epochSeconds) => view.read(epochSeconds),
  };
}
