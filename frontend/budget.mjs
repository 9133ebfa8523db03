/**
 * What a first visit costs, gzipped, read from the build. Fails when it is too much for a
 * phone on a weak network: see LIMITS. `npm run budget`.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1024;
const LIMITS = { css: 20 * KB, js: 30 * KB, firstLoad: 100 * KB };

/** The style sheet and the scripts of each kind of page. */
const PAGES = {
  "public page": ["styles/public.css", "src/main.ts"],
  lesson: ["styles/learn.css", "src/main.ts", "src/learn.ts"],
  "H5P in a lesson": ["styles/learn.css", "src/main.ts", "src/learn.ts", "src/h5p.ts"],
  quiz: ["styles/learn.css", "src/main.ts", "src/quiz.ts"],
  staff: ["styles/staff.css", "src/main.ts"],
  studio: ["styles/author.css", "src/main.ts", "src/author.ts"],
  "question form": ["styles/author.css", "src/main.ts", "src/author.ts", "src/question.ts"],
};

/** 400 is preloaded; 600 follows at once, because every page has a heading. */
const FONTS = ["latin-400", "vietnamese-400", "latin-600", "vietnamese-600"].map(
  (cut) => `fonts/be-vietnam-pro-${cut}-normal.woff2`,
);

let manifest;
try {
  manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
} catch {
  console.error("There is no build to weigh. Run `npm run build` first.");
  process.exit(2);
}

function files(source, found = new Set()) {
  const chunk = manifest[source];
  if (!chunk) throw new Error(`${source} is not in the build`);
  found.add(chunk.file);
  for (const sheet of chunk.css ?? []) found.add(sheet);
  for (const imported of chunk.imports ?? []) files(imported, found);
  return found;
}

const weight = (file) => {
  const content = readFileSync(`dist/${file}`);
  return file.endsWith(".woff2") ? content.length : gzipSync(content, { level: 9 }).length;
};
const sum = (names) => [...names].reduce((total, name) => total + weight(name), 0);
const kb = (bytes) => (bytes / KB).toFixed(1).padStart(8);

const fonts = sum(FONTS.flatMap((source) => [...files(source)]));
const failures = [];
console.log(`${"KB, gzipped".padEnd(14)}     css      js   fonts   total`);
for (const [page, sources] of Object.entries(PAGES)) {
  const loaded = new Set(sources.flatMap((source) => [...files(source)]));
  const css = sum([...loaded].filter((name) => name.endsWith(".css")));
  const js = sum([...loaded].filter((name) => name.endsWith(".js")));
  const firstLoad = css + js + fonts;
  console.log(`${page.padEnd(14)}${kb(css)}${kb(js)}${kb(fonts)}${kb(firstLoad)}`);
  for (const [what, bytes] of Object.entries({ css, js, firstLoad })) {
    if (bytes > LIMITS[what]) {
      failures.push(
        `${page}: ${what} is ${kb(bytes).trim()} KB, limit ${LIMITS[what] / KB} KB`,
      );
    }
  }
}
for (const failure of failures) console.error(`Too heavy: ${failure}`);
process.exit(failures.length ? 1 : 0);
