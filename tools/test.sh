#!/usr/bin/env bash
# pytest in two goes, each on two processes: everything but the browser, then the browser, where each has a site of its own.
# A browser test that fails beside another browser runs once more alone, and the output says so: what depends on how busy the
# machine is shows as "once more", what is broken fails again.
set -euo pipefail
cd "$(dirname "$0")/.."
go() {
  local code=0
  .venv/bin/python -m pytest "$@" || code=$?
  if [ "$code" -eq 5 ]; then return 0; fi # nothing of this kind in the part asked for
  return "$code"
}
go -n 2 --dist loadfile -m "not browser" "$@"
code=0
go -n 2 --dist loadfile -m browser "$@" || code=$?
if [ "$code" -eq 1 ]; then
  echo "→ Once more, alone: the browser tests that failed"
  .venv/bin/python -m pytest -m browser --last-failed "$@"
elif [ "$code" -ne 0 ]; then
  exit "$code"
fi
