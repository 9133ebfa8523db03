/** Starts the block of the page once its scripts are there. */
import { facts, tell } from "./facts";
import { jQuery } from "./jquery";
import { nameTheNameless } from "./names";
import { keepOutside } from "./outside";
import { openByKeyboard } from "./remarks";
import { BlockRuntime } from "./runtime";
import { sayByStyles } from "./said-by-styles";
import { watchTraffic } from "./traffic";
import { watchWords } from "./words";

type Init = new (runtime: BlockRuntime, element: unknown, given?: unknown) => unknown;

export function start(): void {
  watchTraffic();
  keepOutside();
  watchWords();
  watchSize();
  sayByStyles();
  document.addEventListener("click", leave);
  const runtime = new BlockRuntime();
  for (const element of document.querySelectorAll<HTMLElement>(".xblock[data-init]")) {
    initialise(runtime, element);
  }
  releaseFrames();
  openByKeyboard();
  nameTheNameless();
  tell({ kind: "ready" });
}

/** Packages look for their player as soon as they are loaded: they are, now that it is there. */
function releaseFrames(): void {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>("iframe[data-held-src]")) {
    if (!frame.hasAttribute("src")) frame.src = frame.dataset.heldSrc ?? "";
  }
}

export function initialise(runtime: BlockRuntime, element: HTMLElement): void {
  const init = (window as unknown as Record<string, unknown>)[element.dataset.init ?? ""];
  if (typeof init !== "function") return;
  // A documented inconsistency of XBlock: editors get a jQuery object, learners' views the node.
  const given = facts.view === "studio_view" ? jQuery(element) : element;
  const block = made(init as Init, [runtime, given, argumentsOf(element)]);
  if (block && typeof block === "object") Object.assign(block, { element, runtime });
}

/** Most blocks are functions, some are made with `new`; an arrow function can only be called. */
function made(init: Init, given: [BlockRuntime, unknown, unknown]): unknown {
  return init.prototype ? new init(...given) : Reflect.apply(init, undefined, given);
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
