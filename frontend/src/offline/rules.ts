export const LANGUAGES = ["vi", "en", "de"] as const;

/** What the service worker does with a request; null leaves it to the browser. */
export function answerFor(
  request: Pick<Request, "method" | "mode" | "url" | "headers">,
  origin: string,
): "cache-first" | "offline-page" | null {
  const { origin: from, pathname } = new URL(request.url);
  if (from !== origin) return null;
  if (request.method === "GET" && /^\/static\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(pathname)) {
    // A part of a film cannot be answered from a cache of whole files.
    return request.headers.has("range") ? null : "cache-first";
  }
  return request.mode === "navigate" ? "offline-page" : null;
}
