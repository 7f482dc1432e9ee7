import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Bounds of one reading. */
interface Bounds {
  /** @defaultValue 1 MiB */
  readonly maxBytes?: number;
  /** A file system that has lost its server can keep a reader for ever. Not for the synchronous form. @defaultValue 5 */
  readonly timeoutSeconds?: number;
}

const DEFAULT_MAX_BYTES = 1024 * 1024;
const DEFAULT_TIMEOUT_SECONDS = 5;
/** What is read at once of a file that is longer than the system said. */
const PIECE_BYTES = 64 * 1024;
/** Without this, opening a FIFO that nobody writes to blocks. Windows has no such flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

type Reason = "unreadable" | "not_regular" | "too_long" | "timeout";

/** Why a file could not be read. The message says what came instead, without the path, which may be a secret in the wrong place. */
export class FileReadError extends Error {
  override readonly name = "FileReadError";
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}

function refuse(error: unknown): never {
  if (error instanceof FileReadError) throw error;
  const { code } = error as NodeJS.ErrnoException;
  throw new FileReadError("unreadable", code ?? "an unknown error");
}

function requireRegular(isFile: boolean): void {
  if (!isFile) throw new FileReadError("not_regular", "something that is not a regular file");
}

function requireSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw new FileReadError("too_long", `more than ${maxBytes} bytes`);
}

/** Joins what is read, piece by piece: a file can grow, and of some the system does not know the size. */
class Pieces {
  readonly #maxBytes: number;
  readonly #pieces: Buffer[] = [];
  #length = 0;
  /** Where the next piece goes. One byte more than the file has shows its end in one reading. */
  buffer: Buffer;

  constructor(size: number, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.buffer = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1);
  }

  /** Takes what was read into the buffer. */
  add(bytesRead: number): void {
    this.#length += bytesRead;
    requireSize(this.#length, this.#maxBytes);
    this.#pieces.push(this.buffer.subarray(0, bytesRead));
    this.buffer = Buffer.allocUnsafe(PIECE_BYTES);
  }

  toString(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }
}

async function readFrom(file: FileHandle, maxBytes: number): Promise<string> {
  const stat = await file.stat();
  requireRegular(stat.isFile());
  const pieces = new Pieces(stat.size, maxBytes);
  for (;;) {
    const { bytesRead } = await file.read(pieces.buffer, 0, pieces.buffer.length, null);
    if (bytesRead === 0) return pieces.toString();
    pieces.add(bytesRead);
  }
}

async function read(path: string, maxBytes: number): Promise<string> {
  const file = await open(path, FLAGS);
  try {
    return await readFrom(file, maxBytes);
  } finally {
    await file.close();
  }
}

/**
 * Reads a file of text: a regular one, of bounded size, in bounded time.
 *
 * @throws FileReadError that says why it cannot be read.
 */
export async function readRegularFile(path: string, bounds: Bounds = {}): Promise<string> {
  const { maxBytes = DEFAULT_MAX_BYTES, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = bounds;
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    const fail = () => reject(new FileReadError("timeout", `nothing within ${timeoutSeconds} s`));
    timer = setTimeout(fail, timeoutSeconds * 1000);
  });
  try {
    return await Promise.race([read(path, maxBytes), expiry]);
  } catch (error) {
    return refuse(error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The same for commands that do everything in order; without a bound of time.
 *
 * @throws FileReadError that says why it cannot be read.
 */
export function readRegularFileSync(path: string, bounds: Pick<Bounds, "maxBytes"> = {}): string {
  const { maxBytes = DEFAULT_MAX_BYTES } = bounds;
  let file: number | undefined;
  try {
    file = openSync(path, FLAGS);
    const stat = fstatSync(file);
    requireRegular(stat.isFile());
    const pieces = new Pieces(stat.size, maxBytes);
    for (;;) {
      const bytesRead = readSync(file, pieces.buffer, 0, pieces.buffer.length, null);
      if (bytesRead === 0) return pieces.toString();
      pieces.add(bytesRead);
    }
  } catch (error) {
    return refuse(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
