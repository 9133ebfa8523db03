/** WebVTT and SubRip between text and rows. The server reads it again and has the last word. */

export interface Cue {
  start: number;
  end: number;
  text: string;
}

const MOMENT = /^(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?$/;

/** Seconds of "00:01:02.500" or "1:02"; null for anything else. */
export function seconds(text: string): number | null {
  const match = MOMENT.exec(text.trim());
  if (!match) return null;
  const [, hours, minutes, whole, part] = match;
  const rest = Number((part ?? "0").padEnd(3, "0")) / 1000;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + rest;
}

export function moment(value: number): string {
  const all = Math.round(value * 1000);
  const pad = (number: number, width = 2): string => String(number).padStart(width, "0");
  const [h, m, s] = [
    Math.floor(all / 3_600_000),
    Math.floor(all / 60_000) % 60,
    Math.floor(all / 1000) % 60,
  ];
  return `${pad(h)}:${pad(m)}:${pad(s)}.${pad(all % 1000, 3)}`;
}

/** The cues of a text; null when some part of it is no cue, so that nothing is dropped in silence. */
export function readCues(text: string): Cue[] | null {
  const cues: Cue[] = [];
  for (const part of text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)) {
    const lines = part.split("\n").filter((line) => line.trim());
    if (!lines.length || /^(WEBVTT|NOTE|STYLE|REGION)/.test(lines[0] ?? "")) continue;
    const place = lines.findIndex((line) => line.includes("-->"));
    if (place < 0 || place > 1) return null;
    const [from, to] = (lines[place] ?? "").split("-->");
    const start = seconds(from ?? "");
    const end = seconds((to ?? "").trim().split(/\s/)[0] ?? "");
    if (start === null || end === null) return null;
    const said = lines
      .slice(place + 1)
      .join(" ")
      .replace(/<[^>]*>/g, "");
    cues.push({ start, end, text: unescaped(said) });
  }
  return cues;
}

export function writeCues(cues: Cue[]): string {
  const parts = cues.map(
    (cue) => `${moment(cue.start)} --> ${moment(cue.end)}\n${escaped(cue.text)}\n`,
  );
  return ["WEBVTT\n", ...parts].join("\n");
}

/** What is wrong with the cue at `place`: a message's English text, "" when nothing is. */
export function fault(cues: Cue[], place: number): string {
  const cue = cues[place];
  if (!cue) return "";
  const before = cues[place - 1];
  if (!cue.text.trim()) return "Write what is said, or delete the caption.";
  if (cue.end <= cue.start) return "The end must be later than the start.";
  if (before && cue.start < before.end) return "It begins before the caption above has ended.";
  if (cue.text.length > 200) return "Too long to read. Split it in two.";
  return "";
}

function escaped(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replaceAll("-->", "→")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
