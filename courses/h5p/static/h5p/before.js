// Stands before H5P's core. A frame without an origin has no storage and no cookies, and browsers throw
// when a script only looks at them; here it finds a store that lives as long as the page.
(() => {
  const emptyStore = () => {
    const kept = new Map();
    const methods = {
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => void kept.set(String(name), String(value)),
      removeItem: (name) => void kept.delete(String(name)),
      clear: () => kept.clear(),
      key: (place) => [...kept.keys()][place] ?? null,
    };
    // Scripts also write `localStorage.name = value`.
    return new Proxy(methods, {
      get: (_target, name) =>
        name === "length" ? kept.size : (methods[name] ?? kept.get(String(name))),
      set: (_target, name, value) => {
        kept.set(String(name), String(value));
        return true;
      },
      deleteProperty: (_target, name) => {
        kept.delete(String(name));
        return true;
      },
      has: (_target, name) => kept.has(String(name)),
    });
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      void window[name].length;
    } catch {
      Object.defineProperty(window, name, { configurable: true, value: emptyStore() });
    }
  }
  try {
    void document.cookie;
  } catch {
    Object.defineProperty(document, "cookie", { configurable: true, get: () => "", set: () => {} });
  }
  const facts = JSON.parse(document.getElementById("h5p-facts").textContent);
  window.H5PIntegration = facts.integration;
})();
