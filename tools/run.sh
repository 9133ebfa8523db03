#!/usr/bin/env bash
# All processes under one supervisor, see Procfile. Ctrl-C stops them together.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT=${PORT:-8000} WEB_WORKERS=${WEB_WORKERS:-2}
# The supervisor gives every process a PORT of its own; all of them must name the site by the same one.
export SITE_PORT=$PORT
export PLAYER_PORT=$((PORT + 1)) SOCKET_PORT=$((PORT + 2))
printf '\n  Lan Tỏa: http://127.0.0.1:%s   (Ctrl-C stops it)\n\n' "$PORT"
exec .venv/bin/honcho --no-colour start --no-prefix
