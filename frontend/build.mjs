// Builds frontend/ into the Python package: main.js, main.css, icons.svg and the licences of what they contain.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "..");
const modules = join(root, "node_modules");
const built = join(root, "src/jiangong/ground/shared/static/built");

async function bundle() {
  return build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: { main: "frontend/main.js" },
    format: "iife",
    legalComments: "none",
    metafile: true,
    minify: true,
    outdir: built,
    target: ["es2022"],
  });
}

async function styles() {
  return build({
    absWorkingDir: root,
    bundle: true,
    entryPoints: { main: "frontend/main.css" },
    legalComments: "none",
    loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
    metafile: true,
    minify: true,
    outdir: built,
    target: ["chrome111", "firefox114", "safari16.4"],
  });
}

function iconFile(name) {
  const filled = name.endsWith("-filled");
  const base = filled ? name.slice(0, -"-filled".length) : name;
  return join(modules, "@tabler/icons/icons", filled ? "filled" : "outline", `${base}.svg`);
}

async function iconNames() {
  const lines = (await readFile(join(here, "icons.txt"), "utf8")).split("\n");
  const names = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  return [...new Set(names)].sort();
}

async function symbol(name) {
  let source;
  try {
    source = await readFile(iconFile(name), "utf8");
  } catch {
    throw new Error(`frontend/icons.txt: Tabler has no icon named "${name}"`);
  }
  const drawing = source.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  const frame = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />';
  const shapes = drawing.replace(/\s*\n\s*/g, "").replace(frame, "").trim();
  const paint = name.endsWith("-filled")
    ? 'fill="currentColor"'
    : 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`;
}

async function icons() {
  const settled = await Promise.allSettled((await iconNames()).map(symbol));
  const failures = settled.filter((result) => result.status === "rejected");
  if (failures.length) throw new Error(failures.map((failure) => failure.reason.message).join("\n"));
  const symbols = settled.map((result) => result.value);
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(join(built, "icons.svg"), sprite);
}

function packagesIn(...results) {
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  const names = inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set([...names.filter(Boolean), "@tabler/icons"])].sort();
}

async function licence(name) {
  const folder = join(modules, name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : "";
  return `${name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
}

async function licences(...results) {
  const texts = await Promise.all(packagesIn(...results).map(licence));
  await writeFile(join(built, "LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

// Beside each file its compressed twins, which WhiteNoise sends to browsers that take them.
async function compress(name) {
  const content = await readFile(join(built, name));
  await writeFile(join(built, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
  await writeFile(join(built, `${name}.br`), await promisify(brotliCompress)(content));
}

async function main() {
  await rm(built, { recursive: true, force: true });
  await mkdir(built, { recursive: true });
  const [scripts, sheets] = await Promise.all([bundle(), styles()]);
  await Promise.all([icons(), licences(scripts, sheets)]);
  await Promise.all(["main.js", "main.css", "icons.svg"].map(compress));
  for (const output of Object.keys({ ...scripts.metafile.outputs, ...sheets.metafile.outputs })) {
    console.log(relative(root, join(root, output)));
  }
}

main().catch((error) => {
  if (!error.errors) console.error(error.message); // esbuild has already printed its own
  process.exitCode = 1;
});
