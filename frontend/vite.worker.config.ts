import { defineConfig } from "vite";

/** The service worker keeps one fixed name, because Django serves it at /service-worker.js. */
export default defineConfig({
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["es2022", "chrome94", "firefox94", "safari15"],
    reportCompressedSize: false,
    lib: {
      entry: "src/service-worker.ts",
      formats: ["iife"],
      name: "worker",
      fileName: () => "service-worker.js",
    },
  },
});
