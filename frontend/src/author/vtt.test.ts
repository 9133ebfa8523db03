import { describe, expect, it } from "vitest";
import { fault, moment, readCues, seconds, writeCues } from "./vtt";

describe("vtt", () => {
  it("reads WebVTT and SubRip", () => {
    const cue = { start: 1, end: 2.5, text: "A & B" };
    expect(readCues("WEBVTT\n\n00:01.000 --> 00:02.500\nA &amp; B\n")).toEqual([cue]);
    expect(readCues("1\r\n00:00:01,000 --> 00:00:02,500\r\nA &amp; B")).toEqual([cue]);
  });

  it("gives up on a text that holds something else, so that nothing is dropped", () => {
    expect(readCues("WEBVTT\n\nKhông có giờ")).toBeNull();
    expect(readCues("WEBVTT\n\nmai --> kia\nA")).toBeNull();
  });

  it("writes what it reads", () => {
    const cues = [{ start: 0.25, end: 3661.5, text: "5 < 6" }];
    expect(readCues(writeCues(cues))).toEqual(cues);
  });

  it("knows moments", () => {
    expect(moment(3661.5)).toBe("01:01:01.500");
    expect(seconds("1:02")).toBe(62);
    expect(seconds("mai")).toBeNull();
  });

  it("finds faults", () => {
    const cue = (start: number, end: number, text = "A") => ({ start, end, text });
    expect(fault([cue(0, 1)], 0)).toBe("");
    expect(fault([cue(2, 1)], 0)).not.toBe("");
    expect(fault([cue(0, 1, " ")], 0)).not.toBe("");
    expect(fault([cue(0, 2), cue(1, 3)], 1)).not.toBe("");
    expect(fault([cue(0, 2, "a".repeat(201))], 0)).not.toBe("");
  });
});
