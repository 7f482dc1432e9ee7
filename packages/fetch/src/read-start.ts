const MOST_BYTES = 64 * 1024;
const LONGEST_MILLISECONDS = 1000;

/** The part of a stream that is used. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** Node's timers keep the process alive; others are numbers. */
function letProcessEnd(timer: unknown): void {
  (timer as { unref?(): void }).unref?.();
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/**
 * Reads the start of a stream that belongs to us: as much as the classifier would parse, for no longer than a second.
 * What has arrived before the stream breaks counts.
 */
export async function readStart(stream: ByteStream): Promise<Uint8Array> {
  const reader = stream.getReader();
  const stop = (): void => void reader.cancel().catch(() => {});
  const timer = setTimeout(stop, LONGEST_MILLISECONDS);
  letProcessEnd(timer);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    while (length <= MOST_BYTES) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return join(chunks, length);
      chunks.push(value);
      length += value.byteLength;
    }
    stop();
  } catch {
    // Nobody else reads this body: how it ends is nobody's failure.
  } finally {
    clearTimeout(timer);
  }
  return join(chunks, length);
}
