// ./dev bench certificate: our paper beside pdfkit setting the same texts in the same font, warm, and a cold
// Chromium printing them to PDF, all in this run. Ratios: at most 0.5 and 0.02; a paper at most 80 KB.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PDFDocument = createRequire(join(import.meta.dirname, "peer", "package.json"))("pdfkit");
const folder = mkdtempSync(join(tmpdir(), "machi-bench-"));
const middle = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const side = (modules) => Math.round(Math.sqrt(modules.length));

// The wavy ground of our paper is left out of both peers: it would only make them slower.
function pdfkit(page) {
  return new Promise((resolve) => {
    const begin = performance.now();
    const document = new PDFDocument({ size: "A4" });
    const pieces = [];
    document.on("data", (piece) => pieces.push(piece));
    document.on("end", () => resolve({ ms: performance.now() - begin, bytes: Buffer.concat(pieces).length }));
    document.font(page.font).fontSize(12);
    page.lines.forEach((line, i) => document.text(line, 72, 72 + 40 * i));
    const n = side(page.modules);
    for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (page.modules[y * n + x] === "1") document.rect(400 + 2 * x, 640 + 2 * y, 2, 2);
    document.fill();
    document.end();
  });
}

function html(page) {
  const n = side(page.modules);
  let squares = "";
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (page.modules[y * n + x] === "1") squares += `M${x} ${y}h1v1h-1z`;
  const lines = page.lines.map((line) => `<p>${line}</p>`).join("");
  return `<!doctype html><meta charset="utf-8"><style>@font-face{font-family:mj;src:url(file://${page.font})}@page{size:A4}body{font:12pt mj}</style>${lines}<svg width="120" viewBox="0 0 ${n} ${n}"><path d="${squares}"/></svg>`;
}

try {
  const texts = join(folder, "page.json");
  const ours = JSON.parse(execFileSync(process.argv[2], [texts], { encoding: "utf8" }));
  const page = JSON.parse(readFileSync(texts, "utf8"));
  const kit = [];
  let kitBytes = 0;
  for (let i = 0; i < 25; i++) {
    const one = await pdfkit(page);
    kitBytes = one.bytes;
    if (i >= 5) kit.push(one.ms);
  }
  writeFileSync(join(folder, "page.html"), html(page));
  const cold = [];
  for (let i = 0; i < 3; i++) {
    const begin = performance.now();
    execFileSync(process.env.MACHI_CHROMIUM ?? "chromium", ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${join(folder, `profile${i}`)}`, "--no-pdf-header-footer", `--print-to-pdf=${join(folder, "page.pdf")}`, `file://${join(folder, "page.html")}`], { stdio: "ignore" });
    cold.push(performance.now() - begin);
  }
  const say = (what, value, limit) => console.log(`${value <= limit ? "held" : "NOT HELD"}  ${what} ${value.toFixed(3)} (at most ${limit})`);
  console.log(`facts -> PDF, warm: ${ours.ms.toFixed(2)} ms (p95 ${ours.p95.toFixed(2)}), ${ours.bytes} bytes; pdfkit ${middle(kit).toFixed(1)} ms, ${kitBytes} bytes; Chromium cold ${middle(cold).toFixed(0)} ms, ${statSync(join(folder, "page.pdf")).size} bytes`);
  say("of pdfkit", ours.ms / middle(kit), 0.5);
  say("of a cold Chromium", ours.ms / middle(cold), 0.02);
  say("KB of a paper", ours.bytes / 1000, 80);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
