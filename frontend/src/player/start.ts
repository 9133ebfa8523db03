/** Starts the block of the page once its scripts are there. */
import { facts, tell } from "./facts";
import { jQuery } from "./jquery";
import { BlockRuntime } from "./runtime";
import { watchTraffic } from "./traffic";

type Init = (runtime: BlockRuntime, element: unknown, given?: unknown) => unknown;

export function start(): void {
  watchTraffic();
  watchSize();
  document.addEventListener("click", leave);
  const runtime = new BlockRuntime();
  for (const element of document.querySelectorAll<HTMLElement>(".xblock[data-init]")) {
    initialise(runtime, element);
  }
  tell({ kind: "ready" });
}

export function initialise(runtime: BlockRuntime, element: HTMLElement): void {
  const init = (window as unknown as Record<string, unknown>)[element.dataset.init ?? ""];
  if (typeof init !== "function") return;
  // A documented inconsistency of XBlock: editors get a jQuery object, learners' views the node.
  const given = facts.view === "studio_view" ? jQuery(element) : element;
  const block = (init as Init)(runtime, given, argumentsOf(element));
  if (block && typeof block === "object") Object.assign(block, { element, runtime });
}

function argumentsOf(element: HTMLElement): unknown {
  const script = element.querySelector(":scope > script.xblock_json_init_args");
  return script ? JSON.parse(script.textContent ?? "null") : undefined;
}

function watchSize(): void {
  let last = 0;
  const report = (): void => {
    const height = Math.ceil(
      Math.max(document.body.scrollHeight, document.body.getBoundingClientRect().height),
    );
    if (height === last) return;
    last = height;
    tell({ kind: "size", height });
  };
  new ResizeObserver(report).observe(document.body);
  report();
}

/** A link out of the frame opens in the page around (ours) or in a new tab (everybody else's). */
function leave(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  if (link.origin === facts.site) {
    event.preventDefault();
    tell({ kind: "go", url: link.href });
  } else if (/^https?:$/.test(link.protocol) && link.origin !== new URL(facts.player).origin) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}
