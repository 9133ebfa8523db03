import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

/** The service worker keeps one fixed name, because Django serves it at /service-worker.js. */
const manifest = readFileSync("dist/.vite/manifest.json", "utf8");
const built = JSON.parse(manifest) as Record<string, { file: string }>;
const shell = [
  "styles/main.css",
  "fonts/be-vietnam-pro-latin-400-normal.woff2",
  "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
];

export default defineConfig({
  base: "/static/",
  publicDir: false,
  define: {
    __VERSION__: JSON.stringify(
      createHash("sha256").update(manifest).digest("hex").slice(0, 12),
    ),
    __SHELL__: JSON.stringify(
      shell.map((source) => {
        const file = built[source]?.file;
        if (!file) throw new Error(`${source} is not in the build`);
        return `/static/${file}`;
      }),
    ),
  },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["es2022", "chrome103", "firefox102", "safari16"],
    reportCompressedSize: false,
    lib: {
      entry: "src/service-worker.ts",
      formats: ["iife"],
      name: "worker",
      fileName: () => "service-worker.js",
    },
  },
});
