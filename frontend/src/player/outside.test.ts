import { expect, test } from "vitest";
import { keepOutside } from "./outside";

test("blocks that ask for another server's style sheet find it there already", () => {
  keepOutside();
  const href = "https://cdn.jsdelivr.net/npm/@openedx/paragon@23/dist/core.min.css";
  const found = document.head.querySelector<HTMLLinkElement>(`link[href="${href}"]`);
  expect(found).not.toBeNull();
});

test("no browser loads anything for those entries", () => {
  keepOutside();
  const loading = [...document.head.querySelectorAll("link")].filter((link) =>
    /stylesheet|preload|prefetch|preconnect/.test(link.rel),
  );
  expect(loading).toEqual([]);
});
