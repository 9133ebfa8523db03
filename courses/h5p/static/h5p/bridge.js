// Stands behind H5P's core and before the content: what the core would send to a server goes to the page
// around the frame, which checks it and sends it in the name of who is signed in there.
(() => {
  const { H5P, H5PIntegration } = window;
  const { site } = JSON.parse(document.getElementById("h5p-facts").textContent);
  const QUIET = 800; // milliseconds after somebody did something until the state is asked for
  const AT_ONCE = 50; // the same after a result, so that both travel together
  const OFTEN = 400; // the same while the page is left or hidden: at once, but not twice
  const LARGEST_STATE = 65_536;
  const LARGEST_STATEMENT = 16_384;
  const bytes = (text) => new TextEncoder().encode(text).length;

  function tell(kind, facts = {}) {
    if (parent !== window) parent.postMessage({ from: "h5p", kind, ...facts }, site);
  }

  // ---- state: from the page, which has what was saved; to the page around ------------------------
  const kept = (contentId) => {
    const content = H5PIntegration.contents[`cid-${contentId}`];
    content.contentUserData ??= {};
    return content.contentUserData;
  };

  let touched = false;

  H5P.getUserData = (contentId, dataType, done, subContentId) => {
    const text = kept(contentId)[subContentId || 0]?.[dataType];
    let data;
    try {
      data = text === undefined ? undefined : JSON.parse(text);
    } catch (error) {
      done(error);
      return;
    }
    done(undefined, data);
  };

  H5P.setUserData = (contentId, dataType, data, given = {}) => {
    const subContentId = given.subContentId || 0;
    let text;
    try {
      text = JSON.stringify(data);
    } catch (error) {
      given.errorCallback?.(error);
      return;
    }
    const place = (kept(contentId)[subContentId] ??= {});
    if (text === undefined || place[dataType] === text) return;
    if (bytes(text) > LARGEST_STATE) {
      given.errorCallback?.("too large");
      return;
    }
    place[dataType] = text;
    // What content looks like before anybody did anything is no answer, and must not replace one that
    // still waits on this device.
    if (touched) tell("state", { subContentId: String(subContentId), dataType, data: text });
  };

  H5P.deleteUserData = (contentId, dataType, subContentId) => {
    const place = kept(contentId)[subContentId || 0];
    if (place) delete place[dataType];
    tell("state", { subContentId: String(subContentId || 0), dataType, data: null });
  };

  function save() {
    for (const instance of H5P.instances) {
      if (typeof instance.getCurrentState !== "function") continue;
      try {
        const state = instance.getCurrentState();
        if (state !== undefined) H5P.setUserData(instance.contentId, "state", state);
      } catch (error) {
        console.error(error);
      }
    }
  }

  let waiting;
  function saveSoon(milliseconds = QUIET) {
    clearTimeout(waiting);
    waiting = setTimeout(save, milliseconds);
  }
  for (const kind of ["pointerdown", "pointerup", "keydown", "keyup", "change", "drop"]) {
    const act = () => {
      touched = true;
      saveSoon();
    };
    addEventListener(kind, act, { capture: true, passive: true });
  }
  let left = 0;
  const leaving = () => {
    if (Date.now() - left < OFTEN) return;
    left = Date.now();
    save();
  };
  addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leaving();
  });

  // ---- what was done -------------------------------------------------------------------------------
  const verbOf = (statement) => statement?.verb?.id?.split("/").pop() ?? "";
  // Each click on an answer, and the like: many, and nobody reads them.
  const PASSING = ["interacted", "initialized", "accessed-copyright", "accessed-embed", "accessed-reuse"];

  function report(statement) {
    if (PASSING.includes(verbOf(statement))) return;
    const { actor, ...rest } = statement; // who it was, the server knows
    const text = JSON.stringify(rest);
    if (bytes(text) <= LARGEST_STATEMENT) tell("statement", { statement: JSON.parse(text) });
  }

  H5P.externalDispatcher.on("xAPI", (event) => {
    const { statement } = event.data;
    report(statement);
    saveSoon(statement.result?.score ? AT_ONCE : QUIET);
  });
  // The core would tell the score of each scored statement once more.
  H5P.xAPICompletedListener = () => {};
  // Older content has no statement and only says that it is finished.
  H5P.setFinished = (contentId, score, maxScore, time) => {
    if (typeof score !== "number") return;
    const duration = Number(time) > 0 ? { duration: `PT${Number(time)}S` } : {};
    report({
      verb: { id: "http://adlnet.gov/expapi/verbs/completed" },
      object: { id: H5PIntegration.contents[`cid-${contentId}`]?.url },
      result: { score: { raw: score, max: maxScore, min: 0 }, completion: true, ...duration },
    });
  };

  // Some content asks for its files in the old way.
  H5P.getContentPath = (contentId) =>
    H5PIntegration.contents[`cid-${contentId}`]?.contentUrl ?? H5PIntegration.url;

  // ---- size ------------------------------------------------------------------------------------------
  let height = 0;
  function measure() {
    if (document.fullscreenElement || !innerWidth) return; // no width: the page around is moving us
    const content = document.querySelector(".h5p-content");
    const now = Math.ceil(content.getBoundingClientRect().bottom + scrollY);
    if (now === height) return;
    height = now;
    tell("size", { height });
  }

  let width = innerWidth;
  addEventListener("resize", () => {
    if (!innerWidth || innerWidth === width) return; // a new height is our own doing
    width = innerWidth;
    for (const instance of H5P.instances) H5P.trigger(instance, "resize");
  });

  // ---- beginning -------------------------------------------------------------------------------------
  H5P.externalDispatcher.on("initialized", () => {
    document.documentElement.classList.add("is-there");
    const content = document.querySelector(".h5p-content");
    // The page around draws a frame, so content keeps its distance from the edge.
    content.classList.replace("h5p-no-frame", "h5p-frame");
    new ResizeObserver(measure).observe(content);
    measure();
    tell("ready");
    // Fonts and pictures come later, and some content asks for its size only once.
    addEventListener("load", () => {
      for (const instance of H5P.instances) H5P.trigger(instance, "resize");
    });
  });
  // The core begins a moment after everything is loaded; if it has not by then, it will not.
  addEventListener("load", () => {
    setTimeout(() => {
      if (!H5P.instances.length) tell("failed");
    }, 3_000);
  });
})();
