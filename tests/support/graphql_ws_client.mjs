// Drives the unchanged npm package graphql-ws and tells as JSON lines what it saw.
// Usage: node graphql_ws_client.mjs <folder of node_modules> <url> <origin>
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder, url, origin] = process.argv.slice(2);
const require = createRequire(`${folder}/here.js`);
const { createClient } = require("graphql-ws");
const { WebSocket } = require("ws");

class OurSocket extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: { origin } });
  }
}

const tell = (seen) => process.stdout.write(`${JSON.stringify(seen)}\n`);
const client = createClient({
  url,
  webSocketImpl: OurSocket,
  keepAlive: 300,
  retryAttempts: 100,
  shouldRetry: () => true,
  retryWait: () => new Promise((done) => setTimeout(done, 200)),
  on: {
    connected: () => tell({ event: "connected" }),
    pong: (received) => received && tell({ event: "pong" }),
    closed: (closed) => tell({ event: "closed", code: closed.code }),
  },
});

const stops = {};
const todo = {
  subscribe: ({ id, query, variables }) => {
    stops[id] = client.subscribe(
      { query, variables },
      {
        next: (value) => tell({ event: "next", id, value }),
        error: (error) => tell({ event: "error", id, error: Array.isArray(error) ? error : String(error) }),
        complete: () => tell({ event: "complete", id }),
      },
    );
  },
  stop: ({ id }) => stops[id](),
  end: async () => {
    await client.dispose();
    process.exit(0);
  },
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { call, ...given } = JSON.parse(line);
  todo[call](given);
});
