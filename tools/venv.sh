#!/usr/bin/env bash
# Make the virtual environment with the newest Python from 3.11 on that the machine has.
set -euo pipefail
target=$1
# A link would lead --clear to an environment that others use.
if [ -L "$target" ]; then echo "$target is a link: remove it, or install into what it points to." >&2; exit 1; fi
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 python; do
  [ -n "$candidate" ] && command -v "$candidate" >/dev/null || continue
  if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "→ Making the environment with $("$candidate" --version)"
    exec "$candidate" -m venv --clear "$target"
  fi
done
echo "Lan Tỏa needs Python 3.11 or newer with the venv module (Debian: apt install python3-venv)." >&2
exit 1
