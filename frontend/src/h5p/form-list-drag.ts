/** The handle of an item: dragged with mouse or finger, or moved by the arrow keys while it has the focus. */
import { translate } from "../shared/translate";
import { signButton } from "./form-parts";

const BEGINS = 4; // pixels; less is a click

/** `move` gets the number the item shall have. */
export function grip(
  item: HTMLElement,
  name: string,
  move: (to: number) => void,
): HTMLButtonElement {
  const handle = signButton(
    "⠿",
    translate("Move %(title)s with the arrow keys", { title: name }),
    () => undefined,
  );
  handle.classList.add("h5p-grip");
  handle.dataset.tool = "grip";
  handle.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };
    const step = steps[event.key];
    if (!step || event.altKey) return;
    event.preventDefault();
    move(Number(item.dataset.number) + step);
  });
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) follow(event, item, move);
  });
  return handle;
}

function follow(start: PointerEvent, item: HTMLElement, move: (to: number) => void): void {
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const list = item.parentElement;
  let isMoving = false;
  const drag = (event: PointerEvent): void => {
    if (!isMoving && Math.abs(event.clientY - start.clientY) < BEGINS) return;
    isMoving = true;
    item.classList.add("is-moving");
    const before = neighbour(list, item, event.clientY);
    if (before !== item.nextElementSibling) list?.insertBefore(item, before);
  };
  const end = (): void => {
    controller.abort();
    item.classList.remove("is-moving");
    if (!isMoving || !list) return;
    const to = [...list.children].indexOf(item);
    if (to !== Number(item.dataset.number)) move(to);
  };
  const leave = (): void => {
    controller.abort();
    item.classList.remove("is-moving");
    const home = Number(item.dataset.number);
    const others = [...(list?.children ?? [])].filter((other) => other !== item);
    list?.insertBefore(item, others[home] ?? null);
  };
  // On the window: an item that moves in the page loses its hold on the pointer.
  window.addEventListener("pointermove", drag, options);
  window.addEventListener("pointerup", end, options);
  window.addEventListener("pointercancel", leave, options);
}

/** The first other item whose middle is below the pointer; null is the end. */
function neighbour(list: Element | null, item: HTMLElement, y: number): Element | null {
  const others = [...(list?.children ?? [])].filter((other) => other !== item);
  return (
    others.find((other) => {
      const box = other.getBoundingClientRect();
      return y < box.top + box.height / 2;
    }) ?? null
  );
}
