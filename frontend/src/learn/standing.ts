/**
 * When a framed block has been answered, asks the server how far the reader is now and redraws the
 * list of units. The frame only says that something happened; what it was, the server knows.
 *
 * @example
 * <ol class="ol"></ol><p data-standing-line></p>
 * <unit-player data-standing-url="/learn/C1/c1-u1/standing/"><block-frame>…</block-frame></unit-player>
 */
import { say } from "../shared/status";
import { translate } from "../shared/translate";

interface Standing {
  is_done: boolean;
  done: number;
  all: number;
  line: string;
  rows: string;
}

const SETTLED = 600; // a block may ask several of its handlers in a row

let waiting: ReturnType<typeof setTimeout> | undefined;
let asked = 0; // an older reply may come after a newer one, and must not undo it

export function watchBlocks(): void {
  document.addEventListener("block-acted", (event) => {
    const player = (event.target as Element).closest<HTMLElement>("[data-standing-url]");
    const address = player?.dataset.standingUrl;
    if (!address) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => void refresh(address), SETTLED);
  });
}

export async function refresh(address: string): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const response = await fetch(address, {
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (!response.ok) return;
    const now = (await response.json()) as Standing;
    if (mine === asked) show(now);
  } catch {
    // The page stays as it was; the next answer or the next page asks again.
  }
}

function show(now: Standing): void {
  for (const list of document.querySelectorAll("ol.ol")) list.innerHTML = now.rows;
  const line = document.querySelector("[data-standing-line]");
  if (line) line.textContent = now.line;
  const share = now.all ? (100 * now.done) / now.all : 0;
  document.querySelector(".side .bar .value")?.setAttribute("width", `${share}%`);
  if (now.is_done) {
    say(document.querySelector("[data-saved]"), translate("This unit is finished."));
  }
}

watchBlocks();
