/**
 * Draws the areas of a picture: press on a row's button, then drag on the picture (a polygon: click its
 * corners, double-click to finish). The numbers of the rows are the truth: typing them moves the areas too.
 *
 * @example
 * <area-editor><div data-picture><img><svg viewBox="0 0 600 400"></svg></div>
 *   <fieldset data-row><select name="shape0">…</select><input name="coords0" value="10, 20, 90, 60"></fieldset></area-editor>
 */
import { translate } from "../shared/translate";

const SVG = "http://www.w3.org/2000/svg";

export type Shape = "rect" | "circle" | "poly";

export class AreaEditor extends HTMLElement {
  private active: HTMLElement | null = null;
  private start: [number, number] | null = null;
  private corners: number[] = [];

  connectedCallback(): void {
    this.addEventListener("input", this.draw);
    this.addEventListener("change", this.changed);
    this.addEventListener("focusin", this.focused);
    const svg = this.svg;
    if (!svg) return;
    svg.addEventListener("pointerdown", this.press);
    svg.addEventListener("pointermove", this.move);
    svg.addEventListener("pointerup", this.release);
    svg.addEventListener("dblclick", this.finish);
    svg.classList.add("draws");
    this.active = this.rows.find((row) => !coords(row)?.value) ?? this.rows[0] ?? null;
    this.draw();
  }

  private get svg(): SVGSVGElement | null {
    return this.querySelector<SVGSVGElement>("[data-picture] svg");
  }

  private get rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => !row.hidden);
  }

  private focused = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (!row || row === this.active) return;
    this.active = row;
    this.corners = [];
    this.draw();
  };

  /** Another picture has another size: the server measures it and draws the page again. */
  private changed = (event: Event): void => {
    const field = event.target as HTMLSelectElement;
    if (field.name === "picture") {
      const form = field.form;
      form?.requestSubmit(form.querySelector<HTMLElement>("button[name=preview]"));
    }
    this.draw();
  };

  private point(event: MouseEvent): [number, number] {
    const svg = this.svg as SVGSVGElement;
    const box = svg.getBoundingClientRect();
    const { width, height } = svg.viewBox.baseVal;
    const clamp = (value: number, most: number) =>
      Math.round(Math.min(Math.max(value, 0), most));
    return [
      clamp(((event.clientX - box.left) / box.width) * width, width),
      clamp(((event.clientY - box.top) / box.height) * height, height),
    ];
  }

  private press = (event: PointerEvent): void => {
    if (!this.active || !event.isPrimary) return;
    event.preventDefault();
    const point = this.point(event);
    if (shapeOf(this.active) === "poly") {
      this.corners.push(...point);
      this.put(this.corners);
      return;
    }
    this.start = point;
    this.svg?.setPointerCapture(event.pointerId);
  };

  private move = (event: PointerEvent): void => {
    if (!this.start || !this.active) return;
    this.put(dragged(shapeOf(this.active), this.start, this.point(event)));
  };

  private release = (): void => {
    if (!this.start) return;
    this.start = null;
    this.next();
  };

  private finish = (): void => {
    this.corners = [];
    this.next();
  };

  /** The next row without an area is drawn next. */
  private next(): void {
    this.active = this.rows.find((row) => !coords(row)?.value) ?? this.active;
    this.draw();
  }

  private put(numbers: number[]): void {
    const field = this.active && coords(this.active);
    if (!field) return;
    field.value = numbers.join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private draw = (): void => {
    const svg = this.svg;
    if (!svg) return;
    svg.replaceChildren();
    for (const [place, row] of this.rows.entries()) {
      row.toggleAttribute("data-active", row === this.active);
      const drawn = figure(shapeOf(row), numbersOf(coords(row)?.value ?? ""));
      if (!drawn) continue;
      const group = document.createElementNS(SVG, "g");
      group.toggleAttribute("data-on", row === this.active);
      const text = document.createElementNS(SVG, "text");
      text.setAttribute("x", String(drawn.x));
      text.setAttribute("y", String(drawn.y));
      text.textContent = String(place + 1);
      group.append(drawn.element, text);
      svg.append(group);
    }
    this.tell();
  };

  private tell(): void {
    let line = this.querySelector<HTMLElement>("[data-tells]");
    if (!line) {
      line = document.createElement("p");
      line.className = "sm";
      line.setAttribute("data-tells", "");
      this.querySelector("[data-picture]")?.after(line);
    }
    const number = this.active ? this.rows.indexOf(this.active) + 1 : 0;
    const words = translate(
      "Drag on the picture to draw area %(number)s. A polygon: click its corners.",
      {
        number: String(number),
      },
    );
    if (line.textContent !== words) line.textContent = words;
  }
}

function coords(row: Element): HTMLInputElement | null {
  return row.querySelector<HTMLInputElement>("input[name^=coords]");
}

function shapeOf(row: Element): Shape {
  return (row.querySelector<HTMLSelectElement>("select[name^=shape]")?.value ??
    "rect") as Shape;
}

export function numbersOf(said: string): number[] {
  return (said.match(/-?\d+/g) ?? []).map(Number);
}

/** The numbers of a shape dragged from one point to another. */
export function dragged(shape: Shape, from: [number, number], to: [number, number]): number[] {
  if (shape === "circle") {
    return [...from, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]))];
  }
  return [
    Math.min(from[0], to[0]),
    Math.min(from[1], to[1]),
    Math.max(from[0], to[0]),
    Math.max(from[1], to[1]),
  ];
}

function figure(
  shape: Shape,
  at: number[],
): { element: SVGElement; x: number; y: number } | null {
  const [a = 0, b = 0, c = 0, d = 0] = at;
  if (shape === "circle" && at.length === 3) {
    return { element: made("circle", { cx: a, cy: b, r: c }), x: a, y: b };
  }
  if (shape === "rect" && at.length === 4) {
    const size = { x: a, y: b, width: Math.max(c - a, 0), height: Math.max(d - b, 0) };
    return { element: made("rect", size), x: (a + c) / 2, y: (b + d) / 2 };
  }
  if (shape === "poly" && at.length >= 2 && at.length % 2 === 0) {
    const points = at.join(" ");
    const xs = at.filter((_value, place) => place % 2 === 0);
    const ys = at.filter((_value, place) => place % 2 === 1);
    const middle = (all: number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
    return { element: made("polygon", { points }), x: middle(xs), y: middle(ys) };
  }
  return null;
}

function made(name: string, attributes: Record<string, number | string>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, String(value));
  return element;
}

customElements.define("area-editor", AreaEditor);
