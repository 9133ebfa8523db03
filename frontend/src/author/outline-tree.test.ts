import { beforeEach, describe, expect, it, vi } from "vitest";
import { find, show } from "../shared/testing";
import { placesFor, sayPlace } from "./outline-places";
import { refresh } from "./refresh";
import "./outline-tree";

const row = (kind: string, key: string, inside = ""): string =>
  `<li id="${kind}-${key}" data-item="${kind}" data-key="${key}" data-title="${key.toUpperCase()}"><div class="o-row"></div>${inside}</li>`;
const list = (kind: string, parent: string, inside: string): string =>
  `<ol data-list="${kind}" data-parent="${parent}" data-title="${parent.toUpperCase()}">${inside}</ol>`;
const outline = (order = "ab", base = 3): string =>
  `<section id="outline" data-live><outline-tree data-move="/move/" data-base="${base}"><input type="hidden" name="csrfmiddlewaretoken" value="t">${list(
    "section",
    "",
    row(
      "section",
      "s",
      list(
        "unit",
        "s",
        row(
          "unit",
          "u",
          list("block", "u", [...order].map((key) => row("block", key)).join("")),
        ) + row("unit", "v", list("block", "v", "")),
      ),
    ),
  )}</outline-tree></section>`;

const press = (key: string): void => {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
};
const order = (): string[] =>
  [...document.querySelectorAll<HTMLElement>("[data-item=block]")].map(
    (item) => `${item.parentElement?.dataset.parent}:${item.dataset.key}`,
  );
const said = (): string => document.getElementById("outline-voice")?.textContent ?? "";

let sent: { address: string; body: FormData }[] = [];
function answer(html: string, status = 200): void {
  sent = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    sent.push({ address, body: init.body as FormData });
    return new Response(html, { status });
  });
}

beforeEach(() => {
  document.body.replaceChildren();
  show(outline());
});

describe("outline-tree", () => {
  it("gives every row a handle with its name", () => {
    const grips = [...document.querySelectorAll("[data-grip]")];
    expect(grips).toHaveLength(5);
    expect(grips.at(-1)?.getAttribute("aria-label")).toBe("Move V");
  });

  it("moves by arrow keys, into the next unit too, and says where it is", async () => {
    answer(outline("ba", 4));
    find("#block-a [data-grip]").focus();
    press(" ");
    expect(said()).toBe("A taken up. Place 1 of 2 in U.");
    press("ArrowDown");
    expect(order()).toEqual(["u:b", "u:a"]);
    press("ArrowDown");
    expect(order()).toEqual(["u:b", "v:a"]);
    expect(said()).toBe("Place 1 of 1 in V.");
    press("ArrowDown");
    expect(said()).toBe("It cannot go further.");
    press(" ");
    await vi.waitFor(() => expect(said()).toBe("A put down. Place 1 of 1 in V."));
    expect(Object.fromEntries(sent[0]?.body ?? [])).toEqual({
      csrfmiddlewaretoken: "t",
      base: "3",
      kind: "block",
      key: "a",
      place: "v ",
    });
  });

  it("shows what the server answered and keeps the focus on the row", async () => {
    answer(outline("ba", 4));
    find("#block-a [data-grip]").focus();
    for (const key of [" ", "ArrowDown", " "]) press(key);
    await vi.waitFor(() => expect(find("outline-tree").dataset.base).toBe("4"));
    await vi.waitFor(() => expect(document.activeElement).toBe(find("#block-a [data-grip]")));
    expect(order()).toEqual(["u:b", "u:a"]);
  });

  it("names the row it stands before", async () => {
    answer(outline("ba", 4));
    find("#block-b [data-grip]").focus();
    for (const key of [" ", "ArrowUp", " "]) press(key);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body.get("place")).toBe("u a");
  });

  it("puts it back on Escape and sends nothing", () => {
    answer("");
    find("#block-a [data-grip]").focus();
    for (const key of [" ", "ArrowDown", "Escape"]) press(key);
    expect(order()).toEqual(["u:a", "u:b"]);
    expect(said()).toBe("A is back in its old place.");
    expect(sent).toEqual([]);
  });

  it("sends nothing when it stays where it was", () => {
    answer("");
    find("#block-a [data-grip]").focus();
    press(" ");
    press(" ");
    expect(said()).toBe("A stays where it was.");
    expect(sent).toEqual([]);
  });

  it("puts it back when there is no connection", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    find("#block-a [data-grip]").focus();
    for (const key of [" ", "ArrowDown", " "]) press(key);
    await vi.waitFor(() => expect(said()).toContain("no connection"));
    expect(order()).toEqual(["u:a", "u:b"]);
  });

  it("says so when the server refuses, and shows its page", async () => {
    answer(outline("ab", 9), 409);
    find("#block-a [data-grip]").focus();
    for (const key of [" ", "ArrowDown", " "]) press(key);
    await vi.waitFor(() => expect(said()).toContain("Not saved."));
    expect(order()).toEqual(["u:a", "u:b"]);
    expect(find("outline-tree").dataset.base).toBe("9");
  });
});

describe("placesFor", () => {
  it("has every place of every list, its own among them", () => {
    const tree = find("outline-tree");
    expect(placesFor(tree, find("#block-a"))).toHaveLength(3);
    expect(placesFor(tree, find("#section-s"))).toHaveLength(1);
    expect(sayPlace(find("#section-s"))).toBe("Place 1 of 1.");
  });
});

describe("refresh", () => {
  it("leaves a form alone that somebody has begun to fill in", async () => {
    const part = (value: string, id = "changes"): string =>
      `<div id="${id}" data-live><input name="note" value="${value}"></div>`;
    document.body.innerHTML = part("") + part("", "other");
    find<HTMLInputElement>("#changes input").value = "my words";
    answer(part("new") + part("new", "other"));
    expect(await refresh("/move/", new FormData())).toBe("saved");
    expect(find<HTMLInputElement>("#changes input").value).toBe("my words");
    expect(find<HTMLInputElement>("#other input").value).toBe("new");
  });
});
