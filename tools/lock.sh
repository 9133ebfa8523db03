#!/usr/bin/env bash
# Lock every requirements file: exact versions with hashes, no addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in requirements requirements-dev requirements-node requirements-uv; do
  .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
    --no-emit-index-url --no-header --no-annotate "$name.in" -o "$name.lock"
done
