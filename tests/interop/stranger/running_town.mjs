// A sample town in a folder of its own and its hub on a free port, by the program that MACHI_BIN names. stop() ends
// what was started and removes the folder.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { bytes } from "./wire.mjs";

const program = process.env.MACHI_BIN ?? new URL("../../../build/bin/machi", import.meta.url).pathname;
const kPatience = 200; // times 50 ms

export async function startTown() {
  const folder = await mkdtemp(join(tmpdir(), "stranger-"));
  const town = join(folder, "town");
  const portFile = join(folder, "port");
  try {
    const { stdout } = await promisify(execFile)(program, ["sample", town]);
    const sample = JSON.parse(stdout);
    const pack = JSON.parse(await readFile(join(town, "pack.json"), "utf8"));
    const words = ["hub", "serve", "--town", town, "--port", "0", "--port-file", portFile];
    const hub = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    hub.stderr.on("data", (part) => (log += part));
    const ended = new Promise((resolve) => hub.once("close", resolve));
    const port = await waitForPort(portFile, hub, () => log);
    const stop = async () => {
      hub.kill("SIGTERM");
      const status = await ended;
      await rm(folder, { recursive: true, force: true });
      return { status, log };
    };
    return { url: `http://127.0.0.1:${port}`, sample, pack: { town: bytes(pack.town), root: bytes(pack.root) }, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function waitForPort(file, hub, log) {
  for (let tries = 0; tries < kPatience && hub.exitCode === null; ++tries) {
    const port = Number(await readFile(file, "utf8").catch(() => ""));
    if (port > 0) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  hub.kill("SIGKILL");
  throw new Error(`the hub did not start: ${log()}`);
}
