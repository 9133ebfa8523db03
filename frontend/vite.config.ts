import { defineConfig } from "vite";

/**
 * Pages are Django's; this builds only what they link to. Every style sheet is an
 * entry of its own that holds the shared part too, so a page loads exactly one.
 * A new area adds its two lines here.
 */
const entries = [
  "styles/main.css",
  "styles/learn.css",
  "styles/public.css",
  "styles/staff.css",
  "styles/author.css",
  "styles/player.css",
  "src/main.ts",
  "src/learn.ts",
  "src/quiz.ts",
  "src/author.ts",
  "src/question.ts",
  "src/h5p-author.ts",
  "src/account.ts",
  "src/h5p.ts",
];

export default defineConfig({
  base: "/static/",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    cssCodeSplit: true,
    // Browsers of 2022 and later; older ones get the plain pages, which are complete.
    target: ["es2022", "chrome103", "firefox102", "safari16"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: entries,
    },
  },
});
