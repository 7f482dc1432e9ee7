/** What is used of `process`. */
interface StandardStreams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly exit: (code: number) => never;
}

/** Standard output and error, as commands write to them. */
export interface OpenStreams {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Resolves when everything is written, or cannot be. */
  readonly flush: () => Promise<void>;
  /** Whether something that belongs on standard output did not get there. */
  readonly outputFailed: () => boolean;
}

/** Some versions of Node throw when a file cannot be written, others emit "error". */
function tryWrite(stream: NodeJS.WritableStream, text: string, fail: (error: unknown) => void): void {
  try {
    stream.write(text);
  } catch (error) {
    fail(error);
  }
}

/**
 * Takes the standard streams over. What cannot be logged is lost and ends nothing: a full disk must not end a watch.
 * What cannot be put out makes the command a failure, save for a reader that has seen enough, such as `head`.
 */
export function openStandardStreams({ stdout, stderr, exit }: StandardStreams): OpenStreams {
  let isOutputUsed = false;
  let outputFailed = false;
  const loseLog = () => {};
  const failOutput = (error: unknown) => {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") exit(0);
    if (!outputFailed) tryWrite(stderr, `standard output cannot be written (${code})\n`, loseLog);
    outputFailed = true;
  };
  stderr.on("error", loseLog);
  stdout.on("error", failOutput);
  return {
    writeOut: (text) => {
      isOutputUsed = true;
      tryWrite(stdout, text, failOutput);
    },
    writeError: (text) => tryWrite(stderr, text, loseLog),
    flush: () =>
      new Promise((resolve) => {
        const finish = () => (isOutputUsed && !outputFailed ? stdout.write("", () => resolve()) : resolve());
        // An error of what was just written is still on its way.
        setImmediate(finish);
      }),
    outputFailed: () => outputFailed,
  };
}
