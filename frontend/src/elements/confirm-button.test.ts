import { beforeEach, describe, expect, it, vi } from "vitest";
import "./confirm-button";
import { find, show } from "../shared/testing";

const sent = vi.fn((event: Event) => event.preventDefault());

beforeEach(() => {
  sent.mockClear();
  show(`<form>
    <confirm-button heading="Revoke?" text="This cannot be undone." confirm="Revoke">
      <button name="what" value="revoke">Revoke</button>
    </confirm-button>
  </form>`);
  find("form").addEventListener("submit", sent);
});

describe("confirm-button", () => {
  it("asks first", () => {
    find("button[name=what]").click();
    expect(sent).not.toHaveBeenCalled();
    expect(find("dialog").textContent).toContain("This cannot be undone.");
    expect(find<HTMLDialogElement>("dialog").open).toBe(true);
  });

  it("sends the form with its button after a yes", () => {
    find("button[name=what]").click();
    find("dialog .btn:not(.btn-2)").click();
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("gives focus back after a no", () => {
    const button = find("button[name=what]");
    button.click();
    find("dialog .btn-2").click();
    expect(sent).not.toHaveBeenCalled();
    expect(document.querySelector("dialog")).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it("lets the browser complain about an incomplete form first", () => {
    find("form").insertAdjacentHTML("afterbegin", "<input required>");
    find("button[name=what]").click();
    expect(document.querySelector("dialog")).toBeNull();
  });
});
