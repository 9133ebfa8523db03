import { beforeEach, expect, it } from "vitest";
import { show } from "./testing";
import { forgetTexts, timeOfDay, translate } from "./translate";

beforeEach(forgetTexts);

it("takes the text of the page and fills in the values", () => {
  show(
    '<script id="messages" type="application/json">{"Saved %(time)s": "Đã lưu %(time)s"}</script>',
  );
  expect(translate("Saved %(time)s", { time: "10:42" })).toBe("Đã lưu 10:42");
});

it("falls back to English", () => {
  show("<p></p>");
  expect(translate("Cancel")).toBe("Cancel");
});

it("survives texts that are no JSON", () => {
  show('<script id="messages" type="application/json">{</script>');
  expect(translate("Cancel")).toBe("Cancel");
});

it("tells Viet Nam's time with two digits each, wherever the reader is", () => {
  expect(timeOfDay(new Date("2026-11-21T02:05:00Z"))).toBe("09:05");
});
