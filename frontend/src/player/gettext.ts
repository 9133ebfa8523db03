/** Django's names for translations in scripts, over the texts that came with the page. */
import type { Texts } from "./facts";

export interface Translations {
  gettext(text: string): string;
  ngettext(one: string, many: string, count: number): string;
  pgettext(context: string, text: string): string;
  npgettext(context: string, one: string, many: string, count: number): string;
  gettext_noop(text: string): string;
  interpolate(
    format: string,
    values: Record<string, unknown> | unknown[],
    named?: boolean,
  ): string;
}

export function translations(texts: Texts, language: string): Translations {
  // Vietnamese has one form for every number; English and German have two.
  const form = (count: number) => (language === "vi" || count === 1 ? 0 : 1);

  function gettext(text: string): string {
    const found = texts[text];
    return (typeof found === "string" ? found : found?.[0]) ?? text;
  }
  function ngettext(one: string, many: string, count: number): string {
    const found = texts[one];
    if (found === undefined) return count === 1 ? one : many;
    return typeof found === "string" ? found : (found[form(count)] ?? found[0] ?? many);
  }
  return {
    gettext,
    ngettext,
    pgettext: (_context, text) => gettext(text),
    npgettext: (_context, one, many, count) => ngettext(one, many, count),
    gettext_noop: (text) => text,
    interpolate(format, values, named = false) {
      if (named) {
        const byName = values as Record<string, unknown>;
        return format.replace(/%\((\w+)\)s/g, (_hole, name: string) => String(byName[name]));
      }
      const waiting = [...(values as unknown[])];
      return format.replace(/%s/g, () => String(waiting.shift()));
    },
  };
}
