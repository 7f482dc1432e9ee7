import { createQueue } from "../queue.ts";

/** A copy of records that follows the writes with a delay, as a search index does. */
export interface LaggingView<T> {
  /** `undefined` removes the record. */
  write(id: string, record: T | undefined, epochSeconds: number): void;
  read(epochSeconds: number): T[];
}

/**
 * @param mostPending writes that may wait; beyond this the oldest become visible early.
 */
export function createLaggingView<T>(lagSeconds: number, mostPending: number): LaggingView<T> {
  const visible = new Map<string, T>();
  const pending = createQueue<{ id: string; record: T | undefined; visibleAtSeconds: number }>();

  function catchUp(epochSeconds: number): void {
    for (let next = pending.peek(); next; next = pending.peek()) {
      if (next.visibleAtSeconds > epochSeconds && pending.size <= mostPending) return;
      pending.shift();
      if (next.record === undefined) visible.delete(next.id);
      else visible.set(next.id, next.record);
    }
  }

  return {
    write(id, record, epochSeconds) {
      pending.push({ id, record, visibleAtSeconds: epochSeconds + lagSeconds });
      catchUp(epochSeconds);
    },
    read(epochSeconds) {
      catchUp(epochSeconds);
      return [...visible.values()];
    },
  };
}
