// The Node server on a PostgreSQL database, with signed addresses for downloads.
// Arguments: database URL, base path, public URL, what to print before the port when it is ready.
import { createHmac, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createHotUpdater } from "@hot-updater/server";
import { kyselyAdapter } from "@hot-updater/server/adapters/kysely";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

const [databaseUrl, basePath, publicUrl, ready] = process.argv.slice(2);
const HOUR = 3600;
const key = randomBytes(32);

const sign = (path, expires) =>
  createHmac("sha256", key).update(`${path}\n${expires}`).digest("base64url");

const signedFiles = {
  name: "signedFiles",
  supportedProtocol: "local",
  profiles: {
    runtime: {
      async getDownloadUrl(storageUri) {
        const { host, pathname } = new URL(storageUri);
        const path = `${basePath}/files/${host}${pathname}`;
        const expires = Math.floor(Date.now() / 1000) + HOUR;
        return {
          fileUrl: `${publicUrl}${path}?expires=${expires}&signature=${sign(path, expires)}`,
        };
      },
      async readText() {
        return null;
      },
    },
  },
};

const pool = new pg.Pool({ connectionString: databaseUrl });
const hotUpdater = createHotUpdater({
  database: kyselyAdapter({
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    provider: "postgresql",
  }),
  storages: [signedFiles],
  basePath,
});

const server = createServer(async (request, response) => {
  const answer = await hotUpdater.handler(
    new Request(`http://${request.headers.host}${request.url}`, {
      method: request.method,
      headers: request.headers,
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});

server.listen(0, "127.0.0.1", () => {
  console.log(`${ready}${server.address().port}`);
});

// The standard input ends with the process that started this one.
process.stdin.on("end", () => process.exit()).resume();
