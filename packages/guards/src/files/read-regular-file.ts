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

async function readFrom(file: FileHandle, maxBytes: number): Promise<string> {
  requireRegular((await file.stat()).isFile());
  // One byte more tells a file that grows, or whose size the system does not know, from one that fits.
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  while (length <= maxBytes) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  requireSize(length, maxBytes);
  return buffer.toString("utf8", 0, length);
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
    requireRegular(fstatSync(file).isFile());
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    while (length <= maxBytes) {
      const bytesRead = readSync(file, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    requireSize(length, maxBytes);
    return buffer.toString("utf8", 0, length);
  } catch (error) {
    return refuse(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
