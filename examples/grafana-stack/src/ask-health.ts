// The health check of the containers, whose image has no curl: node src/ask-health.ts <port>
const response = await fetch(`http://127.0.0.1:${process.argv[2]}/healthz`).catch(() => undefined);
process.exit(response?.ok ? 0 : 1);
