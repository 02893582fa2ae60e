// Serves @emulators/google on 127.0.0.1: node server.mjs FOLDER SEED; prints its address. FOLDER holds node_modules.
import { createServer as listen } from "node:http";
import { pathToFileURL } from "node:url";

const [folder, seed] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/node_modules/${name}/dist/index.js`).href);
const { createServer } = await load("@emulators/core");
const google = await load("@emulators/google");

const bridge = listen(async (asked, answered) => {
  const chunks = [];
  for await (const chunk of asked) chunks.push(chunk);
  const body = chunks.length ? Buffer.concat(chunks) : undefined;
  const url = `http://${asked.headers.host}${asked.url}`;
  const reply = await app.fetch(new Request(url, { method: asked.method, headers: asked.headers, body }));
  answered.writeHead(reply.status, Object.fromEntries(reply.headers));
  answered.end(Buffer.from(await reply.arrayBuffer()));
});
let app;
bridge.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${bridge.address().port}`;
  const made = createServer(google.googlePlugin, { baseUrl: address, tokens: {} });
  google.googlePlugin.seed?.(made.store, address);
  google.seedFromConfig(made.store, address, JSON.parse(seed));
  app = made.app;
  console.log(address);
});
