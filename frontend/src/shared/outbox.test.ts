import { beforeEach, describe, expect, it } from "vitest";
import { newId, Outbox } from "./outbox";

beforeEach(() => localStorage.clear());

describe("Outbox", () => {
  it("sends in order and forgets what arrived", async () => {
    const outbox = new Outbox<string>("a");
    outbox.put("first");
    outbox.put("second");
    const sent: string[] = [];
    await outbox.send(async ({ body }) => void sent.push(body));
    expect(sent).toEqual(["first", "second"]);
    expect(outbox.items).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it("keeps the one that failed, with its id, and those behind it", async () => {
    const outbox = new Outbox<string>("a");
    const { uuid } = outbox.put("first");
    outbox.put("second");
    await expect(outbox.send(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(outbox.items.map((item) => item.body)).toEqual(["first", "second"]);
    expect(outbox.items[0]?.uuid).toBe(uuid);
  });

  it("survives a reload", () => {
    new Outbox<string>("a").put("kept");
    expect(new Outbox<string>("a").items[0]?.body).toBe("kept");
    expect(new Outbox<string>("b").items).toEqual([]);
  });

  it("sends once although it is asked twice", async () => {
    const outbox = new Outbox<string>("a");
    outbox.put("only");
    let sent = 0;
    const deliver = async (): Promise<void> => {
      sent += 1;
    };
    await Promise.all([outbox.send(deliver), outbox.send(deliver)]);
    expect(sent).toBe(1);
  });

  it("also sends what is put while it is sending", async () => {
    const outbox = new Outbox<string>("a");
    outbox.put("first");
    const sent: string[] = [];
    await outbox.send(async ({ body }) => {
      if (!sent.length) outbox.put("late");
      sent.push(body);
    });
    expect(sent).toEqual(["first", "late"]);
  });

  it("works in memory when the device keeps nothing", () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => undefined,
    };
    const outbox = new Outbox<string>("a", full);
    outbox.put("first");
    outbox.put("second");
    expect(outbox.items.map((item) => item.body)).toEqual(["first", "second"]);
  });

  it("treats a damaged store as empty", () => {
    localStorage.setItem("outbox:a", "{");
    expect(new Outbox("a").items).toEqual([]);
  });
});

it("makes ids that look like UUIDs", () => {
  expect(newId()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
