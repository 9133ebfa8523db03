/** Put words into a status line and keep the icon that the server drew there. */
export function say(status: Element | null, text: string): void {
  if (!status) return;
  let words = status.querySelector("[data-words]");
  if (!words) {
    for (const node of [...status.childNodes]) {
      if (!(node instanceof SVGElement)) node.remove();
    }
    words = document.createElement("span");
    words.setAttribute("data-words", "");
    status.append(words);
  }
  words.textContent = text;
}
