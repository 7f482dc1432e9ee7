import { ALL_ERRORS } from "@intercom-telemetry/core/facts";

/** One heading for each error code, so that a link can point at it. */
export function renderErrorCodes(): string {
  const entries = ALL_ERRORS.map(({ code, category, cause, action, retryable, retryMode }) => {
    const retry = retryable ? `A retry can help (\`${retryMode}\`).` : "A retry cannot help.";
    const lines = [cause, action, `Category \`${category}\`. ${retry}`].filter((line) => line !== "");
    return `## ${code}\n\n${lines.join("\n\n")}\n`;
  });
  return `# Error codes\n\nWhat each error code means and what to do about it, from the error catalog. Generated; do not edit.\n\n${entries.join("\n")}`;
}
