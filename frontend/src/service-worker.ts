/// <reference lib="webworker" />
/**
 * Keeps the look of the pages and one page that says "you are offline".
 *
 * Never keeps a page of somebody's: only built files, whose names change with their content,
 * and /offline/ as a stranger sees it in each language.
 */
import { answerFor, LANGUAGES } from "./offline/rules";

declare const self: ServiceWorkerGlobalScope;
/** Both are put in by the build. */
declare const __VERSION__: string;
declare const __SHELL__: string[];

const CACHE = `lan-toa-${__VERSION__}`;
const LANGUAGE = "/offline/language";

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((n) => n !== CACHE).map((n) => caches.delete(n))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const how = answerFor(event.request, self.location.origin);
  if (how === "cache-first") event.respondWith(builtFile(event.request));
  if (how === "offline-page") event.respondWith(page(event.request));
});

self.addEventListener("message", (event) => {
  const { kind, value } = event.data as { kind: string; value: string };
  if (kind === "language") event.waitUntil(rememberLanguage(value));
  if (kind === "signed-out") event.waitUntil(caches.delete(CACHE).then(fill));
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(__SHELL__);
  for (const language of LANGUAGES) {
    // Without cookies the page knows nobody, and the header alone picks the language.
    const answer = await fetch("/offline/", {
      credentials: "omit",
      headers: { "Accept-Language": language },
    });
    if (answer.ok) await cache.put(`/offline/?${language}`, answer);
  }
}

async function rememberLanguage(language: string): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(LANGUAGE, new Response(language));
}

async function builtFile(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await cache.put(request, answer.clone());
  return answer;
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(CACHE);
    const language = (await (await cache.match(LANGUAGE))?.text()) ?? "vi";
    return (await cache.match(`/offline/?${language.slice(0, 2)}`)) ?? Response.error();
  }
}
