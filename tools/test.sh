#!/usr/bin/env bash
# pytest in two goes: everything but the browser on two processes, then the browser alone, which needs both cores.
set -euo pipefail
cd "$(dirname "$0")/.."
go() {
  local code=0
  .venv/bin/python -m pytest "$@" || code=$?
  if [ "$code" -eq 5 ]; then return 0; fi # nothing of this kind in the part asked for
  return "$code"
}
go -n 2 --dist loadfile -m "not browser" "$@"
go -m browser "$@"
