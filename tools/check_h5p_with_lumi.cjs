// What Lumi's H5P server says to packages: node tools/check_h5p_with_lumi.cjs FOLDER FILE… [--with LIBRARIES…]
// FOLDER has @lumieducation/h5p-server installed (docs/how-to/check-h5p-with-lumi.md). One JSON line for each file.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createRequire } = require('node:module');

const [folder, ...named] = process.argv.slice(2);
const from = named.includes('--with') ? named.indexOf('--with') : named.length;
const [files, first] = [named.slice(0, from), named.slice(from + 1)];
const lumi = createRequire(path.resolve(folder, 'package.json'))('@lumieducation/h5p-server');
const user = { id: '1', name: 'Check', email: 'check@example.vn', type: 'local' };

// Each package meets a server with nothing but the libraries of --with: what is accepted brings the rest.
async function said(file) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'lumi-'));
  const config = new lumi.H5PConfig(undefined, { contentHubEnabled: false, fetchingDisabled: 1 });
  const made = (name) => {
    fs.mkdirSync(path.join(place, name));
    return path.join(place, name);
  };
  const editor = new lumi.H5PEditor(
    new lumi.fsImplementations.InMemoryStorage(),
    config,
    new lumi.fsImplementations.FileLibraryStorage(made('libraries')),
    new lumi.fsImplementations.FileContentStorage(made('content')),
    new lumi.fsImplementations.DirectoryTemporaryFileStorage(made('temporary')),
    undefined,
    undefined,
    { permissionSystem: new lumi.LaissezFairePermissionSystem() }
  );
  try {
    for (const libraries of first) await editor.uploadPackage(path.resolve(libraries), user);
    const { metadata, parameters, installedLibraries } = await editor.uploadPackage(path.resolve(file), user);
    const main = metadata.preloadedDependencies.find((one) => one.machineName === metadata.mainLibrary);
    const id = await editor.saveOrUpdateContent(
      undefined, parameters, metadata, lumi.LibraryName.toUberName(main, { useWhitespace: true }), user
    );
    const player = new lumi.H5PPlayer(editor.libraryStorage, editor.contentStorage, config);
    player.setRenderer((model) => model);
    const model = await player.render(id, user, 'vi');
    return {
      accepted: true,
      libraries: installedLibraries.length,
      scripts: model.scripts.filter((script) => !script.includes('/core/')).length
    };
  } catch (error) {
    const reasons = (error.getErrors?.() ?? [error]).map((one) => `${one.errorId ?? one.message} ${JSON.stringify(one.replacements ?? {})}`);
    return { accepted: false, reasons };
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}

(async () => {
  let failed = 0;
  for (const file of files) {
    const answer = await said(file);
    failed += answer.accepted ? 0 : 1;
    console.log(JSON.stringify({ file: path.basename(file), ...answer }));
  }
  process.exitCode = failed ? 1 : 0;
})();
