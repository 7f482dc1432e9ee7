import { SeriesRoom } from "./series-room.ts";

/** Room for the series of the request and retry counters. */
export interface CounterRooms {
  readonly requests: SeriesRoom;
  readonly retries: SeriesRoom;
}

/** How many series by operation there may be. */
export interface SeriesBounds {
  /** Of all clients together. What comes later is counted under the client `other`. */
  readonly all: CounterRooms & { readonly duration: SeriesRoom };
  /** Room of one more client, a part of that of all. What comes later has its codes joined under `other`. */
  createClientRooms(): CounterRooms;
  /** Whether the client `other` is bounded too: beyond the bound its operations are joined as unknown. */
  readonly joinsOperations: boolean;
}

/**
 * Most series of one client in the request and retry counters of a registry. A service that uses every operation stays
 * far below; a server that responds with every status and every code does not.
 */
export const MOST_CLIENT_SERIES: number = 4000;

/** Most series of all clients of one registry by operation: request and retry counters, and duration histograms. */
export const MOST_REGISTRY_SERIES: number = 20_000;

/** The bounds of one registry. */
export function registryBounds(): SeriesBounds {
  const all = new SeriesRoom(MOST_REGISTRY_SERIES);
  return {
    all: { requests: all, retries: all, duration: all },
    createClientRooms() {
      const room = new SeriesRoom(MOST_CLIENT_SERIES, all);
      return { requests: room, retries: room };
    },
    joinsOperations: false,
  };
}

/**
 * Most series of an instrument by operation, of all clients together. The SDK keeps 2,000 sets of attributes, one of
 * them for what is beyond; 99 are left for what is joined under `other`, and for operations nobody foresaw.
 */
export const MOST_INSTRUMENT_SERIES: number = 1900;

/** Most series of one client in the request counter, and as many in the retry counter, of a meter. */
export const MOST_CLIENT_INSTRUMENT_SERIES: number = 1500;

/** The bounds of one meter. Each instrument has its own. */
export function meterBounds(): SeriesBounds {
  const createRoom = (): SeriesRoom => new SeriesRoom(MOST_INSTRUMENT_SERIES);
  const all = { requests: createRoom(), retries: createRoom(), duration: createRoom() };
  return {
    all,
    createClientRooms: () => ({
      requests: new SeriesRoom(MOST_CLIENT_INSTRUMENT_SERIES, all.requests),
      retries: new SeriesRoom(MOST_CLIENT_INSTRUMENT_SERIES, all.retries),
    }),
    joinsOperations: true,
  };
}
