/** The names that scripts of blocks find on `window`, all served from here. */
import underscore from "underscore";
import { jQuery } from "./jquery";
import "jquery-migrate";
import { facts, readJson, type Texts } from "./facts";
import { translations } from "./gettext";
import { HtmlUtils, StringUtils } from "./html";

const nothing = (): void => {};
const kept = new Map<string, string>();

/** A frame has no cookies: what a block keeps lives as long as its page. */
function cookie(name: string, value?: unknown): unknown {
  if (value === null) kept.delete(name);
  else if (value !== undefined) kept.set(name, String(value));
  return kept.get(name) ?? null;
}

/** Scripts that look for a cookie of their host find none; without this they would stop at an error. */
function hideCookies(): void {
  try {
    void document.cookie;
  } catch {
    Object.defineProperty(document, "cookie", {
      configurable: true,
      get: () => "",
      set: nothing,
    });
  }
}
hideCookies();

jQuery.cookie = cookie;
jQuery.removeCookie = (name: string) => kept.delete(name);
jQuery.postWithPrefix = jQuery.post;
jQuery.getWithPrefix = jQuery.get;
jQuery.ajaxWithPrefix = jQuery.ajax;

Object.assign(window, {
  _: underscore,
  ...translations(readJson<Texts>("texts", {}), facts.language),
  // Clicks and movements are not recorded: what counts comes by the block's handlers.
  Logger: { log: nothing, listen: nothing, bind: nothing },
  analytics: { track: nothing },
  edx: { HtmlUtils, StringUtils },
  SR: { readText: readAloud, readTexts: (texts: string[]) => readAloud(texts.join(" ")) },
  // Formulas stay as they are written; the preview beside a number asks for this all the same.
  MathJax: {
    Hub: {
      Queue: nothing,
      getAllJax: () => [],
      Startup: { signal: { Interest: nothing } },
    },
  },
  onTouchBasedDevice: () => (matchMedia("(pointer: coarse)").matches ? ["touch"] : null),
  baseUrl: "/static/",
});

function readAloud(text: string): void {
  let place = document.getElementById("reader");
  if (!place) {
    place = document.createElement("div");
    place.id = "reader";
    place.className = "sr";
    place.setAttribute("aria-live", "polite");
    document.body.append(place);
  }
  place.textContent = text;
}
