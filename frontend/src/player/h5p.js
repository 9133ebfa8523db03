// Stands behind h5p-standalone in one file: what its content needs comes from here, not from a CDN.
(() => {
  const base = document.currentScript.src.replace(/[^/]*$/, "h5p-3.5.1/");
  const { H5P } = window.H5PStandalone;
  const local = { frameJs: `${base}frame.bundle.js`, frameCss: `${base}styles/h5p.css` };
  function Local(element, options) {
    return new H5P(element, { ...options, ...local });
  }
  window.H5PStandalone = { ...window.H5PStandalone, H5P: Local };
})();
