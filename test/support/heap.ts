import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes of the heap that are in use, after what can be collected has been. */
export async function heapBytes(): Promise<number> {
  for (let pass = 0; pass < 3; pass += 1) {
    // Sockets and promises let go of what they hold in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
