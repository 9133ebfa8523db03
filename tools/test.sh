#!/usr/bin/env bash
# pytest in two goes, each on two processes: everything but the browser, then the browser, where each has a site of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
go() {
  local code=0
  .venv/bin/python -m pytest "$@" || code=$?
  if [ "$code" -eq 5 ]; then return 0; fi # nothing of this kind in the part asked for
  return "$code"
}
go -n 2 --dist loadfile -m "not browser" "$@"
go -n 2 --dist loadfile -m browser "$@"
