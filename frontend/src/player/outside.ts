/**
 * Style sheets that blocks would fetch from other people's servers. They ask first whether the page
 * has them: it has an entry of that address that loads nothing.
 */
const ELSEWHERE = [
  "https://cdn.jsdelivr.net/npm/@openedx/paragon@23/dist/core.min.css",
  "https://cdn.jsdelivr.net/npm/@openedx/paragon@23/dist/light.min.css",
];

export function keepOutside(): void {
  for (const href of ELSEWHERE) {
    const link = document.createElement("link");
    link.rel = "not-loaded";
    link.href = href;
    document.head.append(link);
  }
}
