/** What style sheets write into the page, in the reader's language: they find it as custom properties. */

const SAID: Record<string, string> = {
  "--said-sideways": "Move the picture and the items sideways to see all of them.",
  "--said-answer": "Answer:",
};

export function sayByStyles(
  gettext = (window as unknown as { gettext?: (text: string) => string }).gettext,
): void {
  for (const [name, text] of Object.entries(SAID)) {
    document.documentElement.style.setProperty(name, JSON.stringify(gettext?.(text) ?? text));
  }
}
