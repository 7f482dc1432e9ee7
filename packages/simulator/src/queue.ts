/** First in, first out, at constant cost. */
export interface Queue<T> {
  readonly size: number;
  push(item: T): void;
  /** The oldest item, which stays. */
  peek(): T | undefined;
  /** The oldest item, which leaves. */
  shift(): T | undefined;
  toArray(): T[];
  clear(): void;
}

/** An array of which the front is skipped, and cut off when it is half: `Array.shift` costs the whole length. */
export function createQueue<T>(): Queue<T> {
  let items: T[] = [];
  let first = 0;
  return {
    get size() {
      return items.length - first;
    },
    push(item) {
      items.push(item);
    },
    peek: () => items[first],
    shift() {
      if (first === items.length) return undefined;
      const item = items[first++];
      if (first * 2 >= items.length) {
        items = items.slice(first);
        first = 0;
      }
      return item;
    },
    toArray: () => items.slice(first),
    clear() {
      items = [];
      first = 0;
    },
  };
}
