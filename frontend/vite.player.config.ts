import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/**
 * Scripts of blocks are classic scripts and expect globals that are there before them, so what a
 * frame loads is no module. `dist/.vite/plain.json` says under which name each is served.
 */
const libraries = {
  codemirror: "node_modules/codemirror/lib/codemirror.js",
  "jquery-ui": "node_modules/jquery-ui/dist/jquery-ui.min.js",
  require: "node_modules/requirejs/require.js",
  h5p: "node_modules/h5p-standalone/dist/main.bundle.js",
  qtip: "node_modules/qtip2/dist/jquery.qtip.min.js",
  uri: "node_modules/urijs/src/URI.min.js",
};

/** What H5P loads into the frame of its content. */
const h5pFiles = [
  "frame.bundle.js",
  "styles/h5p.css",
  ...readdirSync("node_modules/h5p-standalone/dist/fonts").map((name) => `fonts/${name}`),
];

function hashed(name: string, content: string): string {
  return `assets/${name}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}.js`;
}

const named: Plugin = {
  name: "plain-scripts",
  generateBundle(_options, bundle) {
    const names: Record<string, string> = {};
    for (const [name, source] of Object.entries(libraries)) {
      let content = readFileSync(source, "utf8");
      if (name === "h5p") {
        const [before, after] = ["storage", "h5p"].map((file) =>
          readFileSync(`src/player/${file}.js`, "utf8"),
        );
        content = `${before}\n${content}\n${after}`;
      }
      names[name] = hashed(name, content);
      this.emitFile({ type: "asset", fileName: names[name], source: content });
    }
    for (const file of h5pFiles) {
      const original = readFileSync(`node_modules/h5p-standalone/dist/${file}`);
      const shim = file.endsWith(".js") ? readFileSync("src/player/storage.js") : "";
      const source = shim ? Buffer.concat([shim, original]) : original;
      this.emitFile({ type: "asset", fileName: `assets/h5p-3.5.1/${file}`, source });
    }
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      chunk.fileName = hashed("player", chunk.code);
      names.player = chunk.fileName;
    }
    writeFileSync("dist/.vite/plain.json", JSON.stringify(names, null, 2));
  },
};

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [named],
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["es2022", "chrome103", "firefox102", "safari16"],
    reportCompressedSize: false,
    lib: { entry: "src/player.ts", formats: ["iife"], name: "lanToaPlayer" },
  },
});
