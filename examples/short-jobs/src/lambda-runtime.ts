/** Stands in for Lambda: invokes the handler, and freezes the process for ever the moment it has returned. */
import { handler } from "./lambda.ts";

for (const contactId of ["5f0c", "gone", "gone-too"]) await handler({ contactId });
process.kill(process.pid, "SIGKILL");
