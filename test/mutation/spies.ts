type Method = (this: unknown, ...values: unknown[]) => unknown;

interface Spy extends Method {
  mock: { calls: unknown[][] };
  _isMockFunction: true;
  getMockName(): string;
  mockReturnValue(value: unknown): Spy;
  mockImplementation(work: Method): Spy;
  mockRestore(): void;
}

function createSpy(original: Method, restore: () => void): Spy {
  let work = original;
  const mock = { calls: [] as unknown[][], results: [], settledResults: [], invocationCallOrder: [] };
  const spy = function (this: unknown, ...values: unknown[]): unknown {
    mock.calls.push(values);
    return work.apply(this, values);
  } as Spy;
  const behave = (next: Method): Spy => {
    work = next;
    return spy;
  };
  return Object.assign(spy, {
    mock,
    _isMockFunction: true as const,
    getMockName: () => "spy",
    mockReturnValue: (value: unknown) => behave(() => value),
    mockImplementation: behave,
    mockRestore: restore,
  });
}

/** Spies on methods, all of which `restore` takes away. */
export function createSpies() {
  const undo: (() => void)[] = [];
  return {
    spyOn(target: object, name: PropertyKey): Spy {
      const own = Object.getOwnPropertyDescriptor(target, name);
      const restore = (): void => {
        if (own) Object.defineProperty(target, name, own);
        else Reflect.deleteProperty(target, name);
      };
      const spy = createSpy(Reflect.get(target, name) as Method, restore);
      Object.defineProperty(target, name, { value: spy, configurable: true, writable: true });
      undo.push(restore);
      return spy;
    },
    restore(): void {
      for (const work of undo.splice(0).reverse()) work();
    },
  };
}

const RealDate = Date;

/** The wall clock, which a test may stop. */
export const realDate = {
  replace(milliseconds: number): void {
    globalThis.Date = class extends RealDate {
      constructor(...values: unknown[]) {
        super(...((values.length === 0 ? [milliseconds] : values) as [number]));
      }
      static override now(): number {
        return milliseconds;
      }
    } as DateConstructor;
  },
  restore(): void {
    globalThis.Date = RealDate;
  },
};
