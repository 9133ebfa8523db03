import { beforeEach, expect, test, vi } from "vitest";
import { translations } from "./gettext";
import { HtmlUtils, StringUtils } from "./html";

const FACTS = {
  handlers: "http://localhost:8001/h/token/",
  site: "http://127.0.0.1:8000",
  player: "http://localhost:8001",
  view: "student_view",
  language: "vi",
  usageKey: "k",
};

beforeEach(() => {
  vi.resetModules();
  document.body.innerHTML = `<script type="application/json" id="facts">${JSON.stringify(FACTS)}</script>`;
});

test("handlers have the addresses that blocks put together", async () => {
  const { BlockRuntime } = await import("./runtime");
  const runtime = new BlockRuntime();
  expect(runtime.handlerUrl(document.body, "vote")).toBe(`${FACTS.handlers}vote`);
  expect(runtime.handlerUrl([document.body], "get", "a/b", "x=1")).toBe(
    `${FACTS.handlers}get/a/b?x=1`,
  );
  expect(runtime.handlerUrl(null, "get", "/a", "?x=1")).toBe(`${FACTS.handlers}get/a?x=1`);
});

test("learners' scripts get the node, editors' a jQuery object, both their arguments", async () => {
  for (const view of ["student_view", "studio_view"]) {
    vi.resetModules();
    document.body.innerHTML = `
      <script type="application/json" id="facts">${JSON.stringify({ ...FACTS, view })}</script>
      <div class="xblock" data-init="Init"><script type="application/json" class="xblock_json_init_args">{"a": 1}</script></div>`;
    const given: unknown[] = [];
    Object.assign(window, { Init: (...all: unknown[]) => void given.push(...all) });
    const { initialise } = await import("./start");
    const { BlockRuntime } = await import("./runtime");
    const element = document.querySelector(".xblock") as HTMLElement;
    initialise(new BlockRuntime(), element);
    expect(given[2]).toEqual({ a: 1 });
    if (view === "student_view") expect(given[1]).toBe(element);
    else expect((given[1] as HTMLElement[])[0]).toBe(element);
  }
});

test("a block's script that is missing breaks nothing", async () => {
  const { initialise } = await import("./start");
  const { BlockRuntime } = await import("./runtime");
  const element = document.createElement("div");
  element.dataset.init = "Nobody";
  expect(() => initialise(new BlockRuntime(), element)).not.toThrow();
});

test("texts have one form in Vietnamese and two in German", () => {
  const vi_ = translations({ Save: "Lưu", point: ["%s điểm"] }, "vi");
  const de = translations({ point: ["%s Punkt", "%s Punkte"] }, "de");
  expect(vi_.gettext("Save")).toBe("Lưu");
  expect(vi_.gettext("Other")).toBe("Other");
  expect([1, 5].map((n) => vi_.ngettext("point", "points", n))).toEqual(["%s điểm", "%s điểm"]);
  expect([1, 5].map((n) => de.ngettext("point", "points", n))).toEqual([
    "%s Punkt",
    "%s Punkte",
  ]);
  expect(de.interpolate("%(a)s %(b)s", { a: 1, b: 2 }, true)).toBe("1 2");
  expect(de.interpolate("%s %s", [1, 2])).toBe("1 2");
});

test("HTML is put together with what is not HTML escaped", () => {
  const html = HtmlUtils.interpolateHtml(HtmlUtils.HTML("<b>{name}</b>"), { name: "<i>" });
  expect(String(html)).toBe("<b>&lt;i&gt;</b>");
  expect(String(HtmlUtils.joinHtml("<", HtmlUtils.HTML("<br>")))).toBe("&lt;<br>");
  expect(StringUtils.interpolate("{a} {b}", { a: 1 })).toBe("1 {b}");
});
