// Builds what `whoholds map` puts into one HTML file, and what `whoholds serve` serves.
// Usage: node build.mjs [package folder]
//
// In exports/assets/:
//   map.js         the page's code with MapLibre GL, one classic script
//   worker.js      MapLibre's worker, one classic script
//   map.css        the page's style with MapLibre's
//   borders.json   countries at 1:50 million (Natural Earth, through world-atlas), with a point for each label
//   page.html      the page with slots, which Python fills
//   licences.txt   the licences of all that is bundled
// In web/assets/: index.html, app.js, app.css and icon.svg. The server takes the rest from exports/assets/.
import { readFileSync, readdirSync, mkdirSync, writeFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import polylabel from "polylabel";
import { feature } from "topojson-client";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = process.argv[2] ?? join(here, "../src/whoholds");

async function bundle(entry, loader = {}) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    legalComments: "none", // licences.txt holds them whole
    logLevel: "warning",
    // MapLibre looks for its worker beside its own module, which has no address inside a page; we set the worker's.
    define: { "import.meta.url": '""' },
    loader,
  });
  return result.outputFiles[0].text;
}

function page(name) {
  const read = (path) => readFileSync(join(here, path), "utf8").replaceAll("\r\n", "\n");
  return read(name).replace(/<!--part:([a-z]+)-->/g, (_, part) => read(`src/${part}.html`));
}

function refuse(name, text, pattern) {
  if (pattern.test(text)) throw new Error(`${name} holds ${pattern}, which would end its element in the page`);
  return text;
}

// The largest ring of a country's outline carries its name, at the point farthest from its edges.
function label(country) {
  const { type, coordinates } = country.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const size = (polygon) => {
    const ring = polygon[0];
    let sum = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      sum += (ring[j][0] - ring[i][0]) * (ring[j][1] + ring[i][1]);
    }
    return Math.abs(sum / 2) * Math.cos((ring[0][1] * Math.PI) / 180);
  };
  const largest = polygons.reduce((a, b) => (size(b) > size(a) ? b : a));
  const [lon, lat] = polylabel(largest, 0.1);
  return [Number(lon.toFixed(2)), Number(lat.toFixed(2)), Number(size(largest).toFixed(2))];
}

function borders() {
  const atlas = JSON.parse(readFileSync(join(modules, "world-atlas/countries-50m.json"), "utf8"));
  const countries = feature(atlas, atlas.objects.countries).features;
  atlas.objects.countries.geometries.forEach((geometry, n) => {
    geometry.properties = { name: geometry.properties.name, label: label(countries[n]) };
    delete geometry.id;
  });
  delete atlas.objects.land;
  return JSON.stringify(atlas);
}

// MapLibre's file has its own dependencies bundled in, so the whole tree of dependencies is walked.
function licences() {
  const required = createRequire(import.meta.url);
  const found = new Map();
  const walk = (name) => {
    if (found.has(name) || name.startsWith("@types/")) return;
    const folder = join(modules, name);
    if (!existsSync(folder)) return; // a tool of the build of that package only
    const about = required(join(folder, "package.json"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "(the package holds no licence file)";
    found.set(name, `${name} ${about.version} (${about.license ?? "see below"})\n\n${text}`);
    Object.keys(about.dependencies ?? {}).forEach(walk);
  };
  ["maplibre-gl", "supercluster", "topojson-client", "world-atlas"].forEach(walk);
  const natural = "Natural Earth (public domain): borders, through world-atlas";
  return [natural, ...[...found.keys()].sort().map((name) => found.get(name))].join(`\n\n${"-".repeat(72)}\n\n`) + "\n";
}

function write(folder, files) {
  mkdirSync(join(out, folder), { recursive: true });
  const ignore = { ".gitignore": "# built from frontend/ by hatch_build.py\n*\n" };
  for (const [name, text] of Object.entries({ ...files, ...ignore })) writeFileSync(join(out, folder, name), text);
}

write("exports/assets", {
  "worker.js": refuse("worker.js", await bundle("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), /<\/script|<!--/i),
  "borders.json": refuse("borders.json", borders(), /</),
  "licences.txt": licences(),
  "map.js": refuse("map.js", await bundle("src/main.ts"), /<\/script|<!--/i),
  "map.css": refuse("map.css", await bundle("src/map.css"), /<\/style|<!--/i),
  "page.html": page("src/page.html"),
});
write("web/assets", {
  "app.js": await bundle("src/app/app.ts"),
  "app.css": await bundle("src/app/app.css"),
  "index.html": page("src/app/index.html"),
  "icon.svg": readFileSync(join(here, "src/app/icon.svg"), "utf8"),
});
