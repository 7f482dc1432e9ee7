/** A row of the generated tables: which code stands for a status whose body carries none. */
export type StatusRow = readonly [status: number, code: string];
