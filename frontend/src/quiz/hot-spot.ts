/**
 * A picture whose areas can be clicked: each click works the option of the same name below it.
 * The options do the same for keyboards, screen readers and browsers without scripts.
 *
 * @example
 * <fieldset data-slot="3">
 *   <hot-spot><img …><svg viewBox="0 0 600 400"><g data-area="a"><rect …/><text>1</text></g></svg></hot-spot>
 *   <label><input type="radio" name="slot-3" value="a">…</label>
 * </fieldset>
 */
export class HotSpot extends HTMLElement {
  private readonly onClick = (event: Event): void => {
    const area = (event.target as Element).closest<SVGGElement>("[data-area]");
    const input = area && this.inputs().find((one) => one.value === area.dataset.area);
    if (input) input.click();
  };

  private readonly show = (): void => {
    const on = new Set(
      this.inputs()
        .filter((one) => one.checked)
        .map((one) => one.value),
    );
    for (const area of this.querySelectorAll<SVGGElement>("[data-area]")) {
      area.toggleAttribute("data-on", on.has(area.dataset.area ?? ""));
    }
  };

  connectedCallback(): void {
    this.addEventListener("click", this.onClick);
    this.box.addEventListener("change", this.show);
    this.box.addEventListener("answer-written", this.show);
    this.show();
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.onClick);
    this.box.removeEventListener("change", this.show);
    this.box.removeEventListener("answer-written", this.show);
  }

  private get box(): Element {
    return this.closest("fieldset") ?? this;
  }

  private inputs(): HTMLInputElement[] {
    return [
      ...this.box.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]"),
    ];
  }
}

customElements.define("hot-spot", HotSpot);
